package dev.trunkline.relay.calls;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trunkline.bus.SerialQueue;
import dev.trunkline.rtc.loop.MediaLoop;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A request before the answer, and which of the two ends of its wait comes first. */
class EarlyRequestTest {
    private final MediaLoop loop = MediaLoop.start("test-loop");
    private final SerialQueue queue = new SerialQueue(Runnable::run, fault -> {});
    private final List<String> turns = new CopyOnWriteArrayList<>();
    private final EarlyRequest early =
            new EarlyRequest(new Patience(loop, queue, () -> CompletableFuture.completedFuture(null)));

    @AfterEach
    void stop() {
        loop.close();
    }

    private void await(String transfer) {
        queue.execute(() -> early.await(transfer, () -> turns.add(transfer)));
    }

    @Test
    void itsTurnComesWithTheAnswerAndOnlyThen() {
        await("t-1");
        assertThat(early.isWaiting()).isTrue();
        assertThat(early.isWaiting("t-1")).isTrue();
        assertThat(early.isWaiting("t-2")).isFalse();
        assertThat(turns).isEmpty();
        queue.execute(early::answered);
        queue.execute(early::answered);
        assertThat(turns).containsExactly("t-1");
        assertThat(early.isWaiting()).isFalse();
        assertThat(early.isWaiting("t-1")).isFalse();
    }

    @Test
    void itsTurnComesWithoutAnAnswerToo() throws Exception {
        var turn = new CompletableFuture<Void>();
        queue.execute(() -> early.await("t-1", () -> {
            turns.add("t-1");
            turn.complete(null);
        }));
        turn.get(20, TimeUnit.SECONDS);
        queue.execute(early::answered);
        assertThat(turns).hasSize(1);
    }

    @Test
    void ofACallThatIsOverItNeverComes() {
        await("t-1");
        queue.execute(early::close);
        queue.execute(early::answered);
        assertThat(turns).isEmpty();
    }

    @Test
    void anAnswerThatNobodyWaitsForIsNothing() {
        queue.execute(early::answered);
        assertThat(turns).isEmpty();
    }
}
