package dev.trunkline.bus;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class RoundsTest {
    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private final ContainedFaults faults = new ContainedFaults(registry);

    @Test
    void anErrorInOneRoundIsCountedAndTheNextComes() throws Exception {
        var rounds = new AtomicInteger();
        try (var running = new Rounds("test-rounds", () -> {
            if (rounds.incrementAndGet() == 1) {
                throw new StackOverflowError("on purpose");
            }
            return Duration.ofMillis(1);
        }, faults).start()) {
            KafkaTests.eventually("more rounds", () -> rounds.get() > 5);
            assertThat(running.alive()).isTrue();
        }
        assertThat(registry.get("trunkline.contained.faults").tag("where", "test-rounds").counter().count()).isEqualTo(1);
    }

    @Test
    void aRoundThatInterruptsItselfEndsNothing() throws Exception {
        var rounds = new AtomicInteger();
        try (var running = new Rounds("test-rounds", () -> {
            rounds.incrementAndGet();
            Thread.currentThread().interrupt();
            return Duration.ofMillis(1);
        }, faults).start()) {
            KafkaTests.eventually("more rounds", () -> rounds.get() > 5);
            assertThat(running.alive()).isTrue();
        }
    }

    @Test
    void closingEndsARoundThatWaits() throws Exception {
        var waits = new CountDownLatch(1);
        var running = new Rounds("test-rounds", () -> {
            waits.countDown();
            Thread.sleep(Duration.ofHours(1));
            return Duration.ZERO;
        }, faults).start();
        waits.await();
        running.close();
        assertThat(running.alive()).isFalse();
    }

    @Test
    void whatWasNeverStartedIsClosedAtOnce() {
        new Rounds("test-rounds", () -> Duration.ZERO, faults).close();
    }
}
