package dev.trunkline.edge.calls;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trunkline.events.AnswerPolicy;
import dev.trunkline.events.CallEnded;
import dev.trunkline.events.EndReason;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/** The silence of a relay counts only while it could be heard. */
class HearingTest {
    private final AtomicLong nanos = new AtomicLong();

    private void pass(AtomicLong clock, double seconds) {
        clock.addAndGet((long) (seconds * 1e9));
    }

    @Test
    void runsWhileEverythingIsRead() {
        var hearing = new Hearing(() -> new CompletableFuture<>(), nanos::get);
        for (int i = 0; i < 10; i++) {
            pass(nanos, 1.1);
            hearing.read();
        }
        assertThat(hearing.heard()).isEqualTo(Duration.ofSeconds(11));
        assertThat(hearing.hears()).isTrue();
    }

    @Test
    void standsStillWhileKafkaIsSilent() {
        var hearing = new Hearing(() -> new CompletableFuture<>(), nanos::get);
        pass(nanos, 1);
        hearing.read();
        pass(nanos, 40);
        assertThat(hearing.hears()).isFalse();
        hearing.read();
        assertThat(hearing.hears()).isTrue();
        assertThat(hearing.heard()).as("the silence does not count").isEqualTo(Duration.ofSeconds(1));
    }

    @Test
    void aLivingCallOutlivesASilenceOfKafkaAndNotOneOfItsRelay() throws Exception {
        try (var edge = new CallsOfTests()) {
            var call = edge.begin("call@host").admitted(AnswerPolicy.IMMEDIATE).mediaReady();
            // Nothing is read: the time without a heartbeat goes by, and once more.
            Thread.sleep(CallsOfTests.HEARTBEAT.plusSeconds(1).toMillis());
            assertThat(call.last()).isEmpty();
            long end = System.nanoTime() + Duration.ofSeconds(20).toNanos();
            while (call.last().isEmpty() && System.nanoTime() < end) {
                pass(edge.nanos, 0.1);
                edge.hearing.read();
                Thread.sleep(50);
            }
            assertThat(call.last()).singleElement().isInstanceOfSatisfying(CallEnded.class, ended ->
                    assertThat(ended.reason()).isEqualTo(EndReason.RELAY_LOST));
        }
    }
}
