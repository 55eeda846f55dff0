package dev.trunkline.relay.room;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trunkline.rtc.ParticipantKind;
import dev.trunkline.rtc.RemoteParticipant;
import java.util.List;
import java.util.Map;
import livekit.LivekitModels.ParticipantInfo;
import livekit.LivekitModels.ParticipantPermission;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class AttendanceTest {
    private static ParticipantInfo.Builder info(String identity) {
        return ParticipantInfo.newBuilder().setSid("PA_" + identity).setIdentity(identity)
                .setState(ParticipantInfo.State.JOINED);
    }

    @Test
    void whoIsThereIsToldWithNameKindAndAttributes() {
        List<RemoteParticipant> there = Attendance.of(List.of(info("agent")
                .setName("Agent").setKind(ParticipantInfo.Kind.AGENT).setMetadata("m").putAttributes("lk.agent.name", "demo").build()));
        assertThat(there).containsExactly(new RemoteParticipant(
                "PA_agent", "agent", "Agent", ParticipantKind.AGENT, "m", Map.of("lk.agent.name", "demo"), List.of()));
    }

    @Test
    void whoHasLeftOrIsHiddenFromTheOthersIsNot() {
        assertThat(Attendance.of(List.of(
                info("gone").setState(ParticipantInfo.State.DISCONNECTED).build(),
                info("supervisor").setPermission(ParticipantPermission.newBuilder().setHidden(true)).build()))).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(value = ParticipantInfo.Kind.class, names = "UNRECOGNIZED", mode = EnumSource.Mode.EXCLUDE)
    void everyKindOfLiveKitsIsTheSameOfOurs(ParticipantInfo.Kind kind) {
        assertThat(Attendance.of(List.of(info("one").setKind(kind).build())).getFirst().kind().name()).isEqualTo(kind.name());
    }
}
