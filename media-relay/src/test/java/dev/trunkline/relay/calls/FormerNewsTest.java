package dev.trunkline.relay.calls;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trunkline.events.CallEnded;
import dev.trunkline.events.CallId;
import dev.trunkline.events.CallRecord;
import dev.trunkline.events.EndReason;
import dev.trunkline.events.Envelope;
import dev.trunkline.events.MediaLost;
import dev.trunkline.events.MediaOffered;
import dev.trunkline.events.MediaReady;
import dev.trunkline.relay.service.TestCalls;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class FormerNewsTest {
    private static final CallId CALL = new CallId(UUID.randomUUID());

    private final FormerNews former = new FormerNews(
            Optional.of(new TakeOver(3, Instant.EPOCH, "", false, Optional.empty(), Optional.empty(), Optional.empty())));

    private static Envelope said(CallRecord record) {
        return new Envelope(UUID.randomUUID(), "/test", Instant.EPOCH, Envelope.Owners.NONE, "", record);
    }

    private static MediaReady ready(int revision) {
        return new MediaReady(CALL, "relay-1", "room", "PA_1", "v=0", "PCMU", revision);
    }

    private static MediaLost lost(int revision) {
        return new MediaLost(CALL, "relay-1", revision, "", "v=0", "PA_1", Instant.EPOCH, false, Optional.empty(), TestCalls.admitted(CALL, "room", ""));
    }

    @Test
    void whatWasSaidBeforeTheCallWasOfferedIsOfTheTimeBefore() {
        assertThat(former.has(said(ready(0)))).isTrue();
        assertThat(former.has(said(new MediaOffered(CALL, 2, "v=0 hold")))).isTrue();
        assertThat(former.has(said(lost(2)))).as("an earlier loss").isTrue();
        assertThat(former.has(said(lost(3)))).isFalse();
        assertThat(former.has(said(MediaOffered.answering(CALL, 3, "v=0")))).isFalse();
    }

    @Test
    void whereTheLossWasReadBeforeTheRelaysOwnWordEndsIt() {
        assertThat(former.has(said(new MediaOffered(CALL, 2, "v=0 hold")))).isTrue();
        assertThat(former.has(said(ready(3)))).isFalse();
        assertThat(former.has(said(new MediaOffered(CALL, 4, "v=0 hold")))).isFalse();
    }

    @Test
    void aLastEventIsOfNow() {
        assertThat(former.has(said(new CallEnded(CALL, "sip-edge", EndReason.CALLER_HUNG_UP, "", true, 0, Optional.empty())))).isFalse();
    }

    @Test
    void aCallThatHasJustBeenAdmittedHasNoTimeBefore() {
        assertThat(new FormerNews(Optional.empty()).has(said(ready(0)))).isFalse();
    }
}
