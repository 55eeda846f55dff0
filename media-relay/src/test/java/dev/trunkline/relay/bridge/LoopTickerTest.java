package dev.trunkline.relay.bridge;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trunkline.rtc.loop.MediaLoop;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class LoopTickerTest {
    private final List<String> told = new CopyOnWriteArrayList<>();
    private final MediaLoop loop = MediaLoop.start("test-loop", (where, fault) -> told.add(where));
    private final AtomicLong ahead = new AtomicLong();
    private final LoopTicker ticker = new LoopTicker(loop, () -> System.nanoTime() + ahead.get());

    @AfterEach
    void stop() {
        loop.close();
    }

    /** A call whose beat always throws an Error, and whose fault handler throws too. */
    private static final class Failing implements LoopTicker.Beat {
        private final Semaphore failed = new Semaphore(0);

        @Override
        public void beat(long nowNanos) {
            throw new StackOverflowError("on purpose");
        }

        @Override
        public void beatFailed(Throwable fault) {
            failed.release();
            throw new StackOverflowError("on purpose too");
        }
    }

    private static final class Neighbour implements LoopTicker.Beat {
        private final Semaphore beats = new Semaphore(0);

        @Override
        public void beat(long nowNanos) {
            beats.release();
        }

        @Override
        public void beatFailed(Throwable fault) {
            throw new AssertionError(fault);
        }

        void awaitBeats(int count) throws InterruptedException {
            beats.drainPermits();
            assertThat(beats.tryAcquire(count, 10, TimeUnit.SECONDS)).isTrue();
        }
    }

    @Test
    void aBeatThatThrowsIsBeatenAgainAndItsNeighboursToo() throws Exception {
        var before = new Neighbour();
        var failing = new Failing();
        var behind = new Neighbour();
        loop.execute(() -> {
            ticker.add(before);
            ticker.add(failing);
            ticker.add(behind);
        });
        assertThat(failing.failed.tryAcquire(5, 10, TimeUnit.SECONDS)).isTrue();
        before.awaitBeats(5);
        behind.awaitBeats(5);
        assertThat(ticker.stalled()).isFalse();
        assertThat(told).containsOnly("phone-beat");
    }

    @Test
    void aTickerOnAStuckLoopIsStalledAndGoesOnWhenTheLoopDoes() throws Exception {
        var neighbour = new Neighbour();
        loop.execute(() -> ticker.add(neighbour));
        neighbour.awaitBeats(2);
        var release = new CompletableFuture<Void>();
        loop.execute(release::join);
        ahead.addAndGet(TimeUnit.SECONDS.toNanos(2));
        assertThat(ticker.stalled()).isTrue();
        release.complete(null);
        neighbour.awaitBeats(2);
        assertThat(ticker.stalled()).isFalse();
    }

    @Test
    void aTickerWithoutCallsIsNotStalled() throws Exception {
        var neighbour = new Neighbour();
        loop.execute(() -> ticker.add(neighbour));
        neighbour.awaitBeats(1);
        loop.execute(() -> ticker.remove(neighbour));
        int timers;
        do {
            // Read on the loop, because during a tick the next timer is not set yet.
            var asked = new CompletableFuture<Integer>();
            loop.execute(() -> asked.complete(loop.timers()));
            timers = asked.get(10, TimeUnit.SECONDS);
        } while (timers > 0);
        ahead.addAndGet(TimeUnit.MINUTES.toNanos(1));
        assertThat(ticker.stalled()).isFalse();
    }
}
