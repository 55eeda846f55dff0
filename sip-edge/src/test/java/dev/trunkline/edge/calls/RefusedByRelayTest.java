package dev.trunkline.edge.calls;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trunkline.edge.calls.CallsOfTests.Begun;
import dev.trunkline.events.AnswerPolicy;
import dev.trunkline.events.CallRejected;
import dev.trunkline.events.RefusalReason;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;

/** A relay that is killed after it refused a call takes its admission again when it is back. */
class RefusedByRelayTest {
    private static void await(BooleanSupplier done) throws InterruptedException {
        long end = System.nanoTime() + Duration.ofSeconds(15).toNanos();
        while (!done.getAsBoolean()) {
            assertThat(System.nanoTime()).as("not in time").isLessThan(end);
            Thread.sleep(5);
        }
    }

    private static CallRejected refused(Begun call) {
        return CallRejected.of(call.received, RefusalReason.LIVEKIT_UNAVAILABLE, OptionalInt.empty(), "media-relay",
                Optional.empty(), List.of());
    }

    @Test
    void isToldOfTheEndThatItSaidBefore() throws Exception {
        try (var edge = new CallsOfTests()) {
            Begun call = edge.begin("call@host").admitted(AnswerPolicy.ON_AGENT);
            call.told(refused(call));
            await(() -> edge.calls.live() == 0);
            assertThat(call.last()).as("it is the relay that said so").isEmpty();

            call.mediaReady();

            await(() -> !call.last().isEmpty());
            assertThat(call.last()).singleElement().isEqualTo(refused(call));
        }
    }

    @Test
    void ofWhatWasNeverAdmittedNothingIsKept() throws Exception {
        try (var edge = new CallsOfTests()) {
            Begun call = edge.begin("call@host");
            call.told(refused(call));
            await(() -> edge.calls.live() == 0);

            assertThat(edge.parts.lateRelays().remembers(call.received.callId().toString())).isFalse();
        }
    }
}
