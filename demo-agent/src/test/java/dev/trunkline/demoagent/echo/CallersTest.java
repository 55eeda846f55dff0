package dev.trunkline.demoagent.echo;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trunkline.rtc.ParticipantKind;
import dev.trunkline.rtc.RemoteParticipant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class CallersTest {
    private final Callers callers = new Callers();

    private static RemoteParticipant somebody(String identity, ParticipantKind kind, Map<String, String> attributes) {
        return new RemoteParticipant("PA_" + identity, identity, "", kind, "", attributes, List.of());
    }

    private static RemoteParticipant phone(String status) {
        return somebody("phone", ParticipantKind.SIP, Map.of(Callers.CALL_STATUS, status));
    }

    @Test
    void aPhoneIsTheCallerWhoeverElseWasThereFirst() {
        callers.joined(somebody("anna", ParticipantKind.STANDARD, Map.of()));
        assertThat(callers.isCaller("anna")).isTrue();
        callers.joined(phone("ringing"));
        assertThat(callers.isCaller("phone")).isTrue();
        assertThat(callers.isCaller("anna")).isFalse();
        callers.left(phone("ringing"));
        assertThat(callers.isCaller("anna")).isTrue();
    }

    @Test
    void whoeverTakesThePlaceOfACallerIsTheCallerAlsoIfTheFormerOneGoesLater() {
        callers.joined(phone("active"));
        var next = new RemoteParticipant(
                "PA_next", "phone", "", ParticipantKind.SIP, "", Map.of(Callers.CALL_STATUS, "active"), List.of());
        callers.joined(next);
        callers.left(phone("active"));
        assertThat(callers.caller()).contains(next);
        callers.left(next);
        assertThat(callers.caller()).isEmpty();
    }

    @Test
    void agentsAndRecordersAreNobodysCaller() {
        callers.joined(somebody("agent", ParticipantKind.AGENT, Map.of()));
        callers.joined(somebody("recorder", ParticipantKind.EGRESS, Map.of()));
        assertThat(callers.caller()).isEmpty();
        assertThat(callers.answered()).isEmpty();
    }

    @Test
    void aPhoneHearsOnceItIsAnswered() {
        callers.joined(phone("ringing"));
        assertThat(callers.answered()).contains(false);
        callers.joined(phone("active"));
        assertThat(callers.answered()).contains(true);
    }

    @Test
    void aPhoneWithoutAStatusSaysNothing() {
        callers.joined(somebody("phone", ParticipantKind.SIP, Map.of()));
        assertThat(callers.answered()).isEmpty();
    }

    @Test
    void aPersonInTheRoomHearsAtOnce() {
        callers.joined(somebody("anna", ParticipantKind.STANDARD, Map.of()));
        assertThat(callers.answered()).contains(true);
    }
}
