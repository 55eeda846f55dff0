package dev.trunkline.relay.calls;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trunkline.bus.SerialQueue;
import dev.trunkline.rtc.loop.MediaLoop;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Time that counts only while Kafka is read; the test controls the reading. */
class PatienceTest {
    private static final Duration TIME = Duration.ofMillis(50);

    private final MediaLoop loop = MediaLoop.start("test-loop");
    private final SerialQueue queue = new SerialQueue(Runnable::run, fault -> {});
    private final List<CompletableFuture<Void>> asked = new CopyOnWriteArrayList<>();
    private final List<String> over = new CopyOnWriteArrayList<>();
    private final Patience patience = new Patience(loop, queue, () -> {
        var heard = new CompletableFuture<Void>();
        asked.add(heard);
        return heard;
    });

    @AfterEach
    void stop() {
        loop.close();
    }

    private void begin(String what) {
        queue.execute(() -> patience.begin(TIME, () -> over.add(what)));
    }

    /** Waits until the time is up. */
    private void settle() throws Exception {
        var done = new CompletableFuture<Void>();
        loop.schedule(TIME.multipliedBy(2), () -> done.complete(null));
        done.get(10, TimeUnit.SECONDS);
    }

    @Test
    void itIsOverWhenTheTimeIsUpAndAllIsRead() throws Exception {
        begin("once");
        settle();
        assertThat(over).isEmpty();
        assertThat(asked).hasSize(1);
        asked.getFirst().complete(null);
        assertThat(over).containsExactly("once");
    }

    @Test
    void whatComesWhileTheRestIsReadEndsIt() throws Exception {
        begin("once");
        settle();
        queue.execute(patience::end);
        asked.getFirst().complete(null);
        assertThat(over).isEmpty();
    }

    @Test
    void whatIsReadForAnEarlierTimeDoesNotEndALaterOne() throws Exception {
        begin("first");
        settle();
        begin("second");
        asked.getFirst().complete(null);
        assertThat(over).isEmpty();
        settle();
        asked.getLast().complete(null);
        assertThat(over).containsExactly("second");
    }

    @Test
    void oneThatIsEndedLeavesNoTimer() {
        begin("once");
        assertThat(loop.timers()).isEqualTo(1);
        queue.execute(patience::end);
        assertThat(loop.timers()).isZero();
    }
}
