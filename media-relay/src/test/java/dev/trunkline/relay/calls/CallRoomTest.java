package dev.trunkline.relay.calls;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trunkline.rtc.DisconnectReason;
import dev.trunkline.rtc.ParticipantKind;
import dev.trunkline.rtc.RemoteAudioTrack;
import dev.trunkline.rtc.RemoteParticipant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class CallRoomTest {
    private static RemoteParticipant participant(String sid, RemoteAudioTrack... tracks) {
        return new RemoteParticipant(sid, "who-" + sid, "", ParticipantKind.AGENT, "", Map.of(), List.of(tracks));
    }

    @Test
    void whoIsListedAndNotToldOfIsThereToo() {
        assertThat(CallRoom.together(List.of(participant("PA_1")), List.of(participant("PA_2")), "PA_own"))
                .extracting(RemoteParticipant::sid).containsExactly("PA_1", "PA_2");
    }

    @Test
    void whoWasToldOfIsThereOnceAsTold() {
        RemoteParticipant told = participant("PA_1", new RemoteAudioTrack("TR_1", "voice", "PA_1", "who-PA_1", "audio/opus", false));
        assertThat(CallRoom.together(List.of(told), List.of(participant("PA_1")), "PA_own")).containsExactly(told);
    }

    @Test
    void whatOthersHaveSetIsSetAgainInANewStay() {
        assertThat(CallRoom.otherwise(Map.of("outcome", "sold", "sip.callID", "SCL_1", "sip.callStatus", "active"),
                Map.of("sip.callID", "SCL_1", "sip.callStatus", "ringing")))
                .isEqualTo(Map.of("outcome", "sold", "sip.callStatus", "active"));
    }

    /** Agents follow the caller by its identity. */
    @Test
    void theIdentityIsKeptOnlyWhereLiveKitItselfEndedTheSessionForANewOne() {
        assertThat(Arrays.stream(DisconnectReason.values()).filter(CallRoom::keepsIdentity)).containsExactly(DisconnectReason.REJOIN_REQUIRED);
    }

    @Test
    void weAreNotAmongTheOthers() {
        assertThat(CallRoom.together(List.of(), List.of(participant("PA_own")), "PA_own")).isEmpty();
    }
}
