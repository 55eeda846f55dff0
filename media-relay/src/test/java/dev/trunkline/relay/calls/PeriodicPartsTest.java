package dev.trunkline.relay.calls;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trunkline.bus.ContainedFaults;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/** The relay's periodic tasks. */
class PeriodicPartsTest {
    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();

    @Test
    void aTaskThatThrowsIsDoneAgain() throws Exception {
        var runs = new Semaphore(0);
        try (var task = new PeriodicTask("test-task", Duration.ofMillis(5), () -> {
            runs.release();
            throw new StackOverflowError("on purpose");
        }, new ContainedFaults(registry))) {
            task.start();
            assertThat(runs.tryAcquire(5, 10, TimeUnit.SECONDS)).isTrue();
        }
        assertThat(registry.get("trunkline.contained.faults").tag("where", "test-task").counter().count())
                .isGreaterThanOrEqualTo(4);
    }

    @Test
    void aTaskThatInterruptsItsOwnThreadIsDoneAgain() throws Exception {
        var runs = new Semaphore(0);
        try (var task = new PeriodicTask("test-task", Duration.ofMillis(5), () -> {
            runs.release();
            Thread.currentThread().interrupt();
        }, new ContainedFaults(registry))) {
            task.start();
            assertThat(runs.tryAcquire(5, 10, TimeUnit.SECONDS)).isTrue();
        }
    }

    @Test
    void thePulseKnowsSinceWhenKafkaWasNotRead() {
        var nanos = new AtomicLong(-50);
        Queue<CompletableFuture<Void>> questions = new ArrayDeque<>();
        var pulse = new KafkaPulse(() -> {
            var question = new CompletableFuture<Void>();
            questions.add(question);
            return question;
        }, nanos::get);

        pulse.ask();
        nanos.addAndGet(Duration.ofSeconds(3).toNanos());
        pulse.ask();
        assertThat(questions).as("one question at a time").hasSize(1);
        assertThat(pulse.age()).isEqualTo(Duration.ofSeconds(3));

        nanos.addAndGet(Duration.ofSeconds(30).toNanos());
        questions.remove().complete(null);
        assertThat(pulse.age()).as("what was asked 33 s ago says nothing of since").isEqualTo(Duration.ofSeconds(33));
        pulse.ask();
        questions.remove().complete(null);
        assertThat(pulse.age()).isZero();
    }
}
