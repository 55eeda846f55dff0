package dev.trunkline.rtc.room;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trunkline.rtc.DisconnectReason;
import dev.trunkline.rtc.ParticipantKind;
import dev.trunkline.rtc.RemoteParticipant;
import java.util.List;
import livekit.LivekitModels;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RosterTest {

    private static final String US = "PA_us";

    private final Roster roster = new Roster();

    @Test
    void tellsWhoJoinsChangesAndLeaves() {
        assertThat(roster.apply(List.of(info("PA_1", "a").build()), US)).hasOnlyElementsOfType(Roster.Change.Joined.class);
        assertThat(roster.apply(List.of(info("PA_1", "a").build()), US)).isEmpty();
        assertThat(roster.apply(List.of(info("PA_1", "a").putAttributes("k", "v").build()), US))
                .hasOnlyElementsOfType(Roster.Change.Updated.class);
        assertThat(roster.snapshot()).singleElement()
                .satisfies(p -> assertThat(p.attributes()).containsEntry("k", "v"));
        LivekitModels.ParticipantInfo gone =
                info("PA_1", "a").setState(LivekitModels.ParticipantInfo.State.DISCONNECTED).build();
        assertThat(roster.apply(List.of(gone), US)).hasOnlyElementsOfType(Roster.Change.Left.class);
        assertThat(roster.apply(List.of(gone), US)).isEmpty();
        assertThat(roster.snapshot()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
            "CLIENT_INITIATED, CLIENT_INITIATED", "SIGNAL_CLOSE, SIGNAL_CLOSE", "CONNECTION_TIMEOUT, CONNECTION_TIMEOUT",
            "DUPLICATE_IDENTITY, DUPLICATE_IDENTITY", "AGENT_ERROR, AGENT_ERROR", "UNKNOWN_REASON, UNKNOWN",
            "USER_REJECTED, UNKNOWN"})
    void tellsWhySomebodyLeft(LivekitModels.DisconnectReason said, DisconnectReason why) {
        roster.apply(List.of(info("PA_1", "a").build()), US);
        LivekitModels.ParticipantInfo gone = info("PA_1", "a")
                .setState(LivekitModels.ParticipantInfo.State.DISCONNECTED).setDisconnectReason(said).build();
        assertThat(roster.apply(List.of(gone), US)).singleElement().isInstanceOfSatisfying(
                Roster.Change.Left.class, left -> assertThat(left.why()).isEqualTo(why));
    }

    @Test
    void anOlderStateThatComesAfterANewerOneIsIgnored() {
        roster.apply(List.of(info("PA_1", "a").setVersion(7).putAttributes("k", "new").build()), US);
        assertThat(roster.apply(List.of(info("PA_1", "a").setVersion(6).putAttributes("k", "old").build()), US)).isEmpty();
        assertThat(roster.snapshot()).singleElement()
                .satisfies(p -> assertThat(p.attributes()).containsEntry("k", "new"));
        assertThat(roster.apply(List.of(info("PA_1", "a").setVersion(-1).build()), US))
                .as("the highest version of all").hasOnlyElementsOfType(Roster.Change.Updated.class);
    }

    @Test
    void whoeverHasLeftIsNotBackBecauseOfAStateThatComesLate() {
        roster.apply(List.of(info("PA_1", "a").build()), US);
        roster.apply(List.of(info("PA_1", "a").setState(LivekitModels.ParticipantInfo.State.DISCONNECTED).build()), US);
        assertThat(roster.apply(List.of(info("PA_1", "a").build()), US)).isEmpty();
        assertThat(roster.snapshot()).isEmpty();
        assertThat(roster.replace(List.of(info("PA_1", "a").build()), US))
                .as("the server's list of everybody is believed").hasOnlyElementsOfType(Roster.Change.Joined.class);
    }

    @Test
    void theEarlierSessionOfAnIdentityDoesNotReplaceTheLaterOne() {
        roster.apply(List.of(info("PA_1", "a").build()), US);
        roster.apply(List.of(info("PA_2", "a").build()), US);
        assertThat(roster.apply(List.of(info("PA_1", "a").build()), US)).isEmpty();
        assertThat(roster.snapshot()).extracting(RemoteParticipant::sid).containsExactly("PA_2");
    }

    @Test
    void ofAThousandWhoHaveLeftTheLastAreRemembered() {
        for (int i = 0; i < 1_000; i++) {
            roster.apply(List.of(info("PA_" + i, "a" + i).build()), US);
            roster.replace(List.of(), US);
        }
        assertThat(roster.apply(List.of(info("PA_999", "a").build()), US)).isEmpty();
        assertThat(roster.apply(List.of(info("PA_0", "a").build()), US)).hasSize(1);
    }

    @Test
    void whoJoinsAnewUnderTheSameIdentityHasLeftBefore() {
        roster.apply(List.of(info("PA_1", "a").build(), info("PA_2", "b").build()), US);
        assertThat(roster.apply(List.of(info("PA_3", "a").build()), US)).satisfiesExactly(
                left -> assertThat(left).isInstanceOfSatisfying(Roster.Change.Left.class, gone -> {
                    assertThat(gone.participant().sid()).isEqualTo("PA_1");
                    assertThat(gone.why()).isEqualTo(DisconnectReason.DUPLICATE_IDENTITY);
                }),
                joined -> assertThat(joined).isInstanceOf(Roster.Change.Joined.class));
        assertThat(roster.snapshot()).extracting(RemoteParticipant::sid).containsExactlyInAnyOrder("PA_2", "PA_3");
    }

    @Test
    void weAreNotInIt() {
        assertThat(roster.apply(List.of(info(US, "us").build(), info("", "nobody").build()), US)).isEmpty();
        assertThat(roster.snapshot()).isEmpty();
    }

    @Test
    void aListOfEverybodyTellsWhoHasGone() {
        roster.apply(List.of(info("PA_1", "a").build(), info("PA_2", "b").build()), US);
        List<Roster.Change> changes = roster.replace(List.of(info("PA_2", "b").build(), info("PA_3", "c").build()), US);
        assertThat(changes).hasSize(2);
        assertThat(changes.getFirst()).isInstanceOfSatisfying(Roster.Change.Left.class,
                left -> {
                    assertThat(left.participant().sid()).isEqualTo("PA_1");
                    assertThat(left.why()).isEqualTo(DisconnectReason.UNKNOWN);
                });
        assertThat(changes.getLast()).isInstanceOfSatisfying(Roster.Change.Joined.class,
                joined -> assertThat(joined.participant().sid()).isEqualTo("PA_3"));
    }

    @Test
    void knowsAudioTracksOnly() {
        roster.apply(List.of(info("PA_1", "a")
                .addTracks(LivekitModels.TrackInfo.newBuilder().setSid("TR_a").setName("voice").setMimeType("audio/opus"))
                .addTracks(LivekitModels.TrackInfo.newBuilder().setSid("TR_v").setType(LivekitModels.TrackType.VIDEO))
                .build()), US);
        assertThat(roster.track("TR_a").orElseThrow().participantIdentity()).isEqualTo("a");
        assertThat(roster.track("TR_v")).isEmpty();
        assertThat(roster.track("")).isEmpty();
    }

    @Test
    void findsBySidAndElseByIdentity() {
        roster.apply(List.of(info("PA_1", "a").build()), US);
        assertThat(roster.find("PA_1", "")).map(RemoteParticipant::identity).contains("a");
        assertThat(roster.find("", "a")).map(RemoteParticipant::sid).contains("PA_1");
        assertThat(roster.find("", "")).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"0,STANDARD", "1,INGRESS", "2,EGRESS", "3,SIP", "4,AGENT", "7,CONNECTOR", "8,BRIDGE", "99,OTHER"})
    void kindsAreNamed(int number, ParticipantKind kind) {
        roster.apply(List.of(info("PA_1", "a").setKindValue(number).build()), US);
        assertThat(roster.snapshot().getFirst().kind()).isEqualTo(kind);
    }

    private static LivekitModels.ParticipantInfo.Builder info(String sid, String identity) {
        return LivekitModels.ParticipantInfo.newBuilder().setSid(sid).setIdentity(identity)
                .setState(LivekitModels.ParticipantInfo.State.ACTIVE);
    }
}
