package dev.trunkline.relay.calls;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trunkline.events.CallId;
import dev.trunkline.events.WaitFor;
import dev.trunkline.relay.calls.Company.News;
import dev.trunkline.rtc.DisconnectReason;
import dev.trunkline.rtc.ParticipantKind;
import dev.trunkline.rtc.RemoteAudioTrack;
import dev.trunkline.rtc.RemoteParticipant;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class CompanyTest {
    private static final RemoteParticipant AGENT = participant("agent", ParticipantKind.AGENT);
    private static final RemoteParticipant SECOND_AGENT = participant("second", ParticipantKind.AGENT);
    private static final RemoteParticipant PERSON = participant("person", ParticipantKind.STANDARD);
    private static final RemoteParticipant CALLER = participant("sip_+15550001", ParticipantKind.SIP);
    private static final RemoteParticipant RECORDER = participant("recorder", ParticipantKind.EGRESS);
    private static final RemoteParticipant FEED = participant("feed", ParticipantKind.INGRESS);

    private final Company company = company(false, true);

    private static RemoteParticipant participant(String identity, ParticipantKind kind) {
        return new RemoteParticipant("PA_" + identity, identity, "", kind, "", Map.of(), List.of());
    }

    private static Company company(boolean callersStay, boolean agentsAreAsked) {
        return new Company(WaitFor.PUBLISHED_OR_LISTENING, callersStay, agentsAreAsked, false, Duration.ofMillis(5_000), Optional.empty());
    }

    private static News joined(RemoteParticipant who, boolean first) {
        return new News.Joined(who, first);
    }

    private static News left(RemoteParticipant who, DisconnectReason why, long stayed, boolean alone) {
        return new News.Left(who, why, stayed, alone);
    }

    private static Company answered(Company company, RemoteParticipant by) {
        company.listened();
        assertThat(company.look(List.of(by), 1_000)).containsExactly(joined(by, true));
        return company;
    }

    @Test
    void whoDoesNotListenDoesNotAnswer() {
        assertThat(company.look(List.of(AGENT), 0)).isEmpty();
        assertThat(company.alone()).isTrue();
        company.listened();
        assertThat(company.look(List.of(AGENT), 0)).containsExactly(joined(AGENT, true));
        assertThat(company.alone()).isFalse();
    }

    @Test
    void whoPublishesAudioThatTheCallerHearsAnswersTooUnlessListeningIsWaitedFor() {
        company.published("TR_1", AGENT.sid());
        assertThat(company.look(List.of(PERSON, AGENT), 0)).containsExactly(joined(AGENT, true));
        assertThat(company.isAnsweredBy(AGENT.sid())).isTrue();
        assertThat(company.isAnsweredBy(PERSON.sid())).isFalse();

        var patient = new Company(WaitFor.LISTENING, false, true, false, Duration.ofMillis(5_000), Optional.empty());
        patient.published("TR_1", AGENT.sid());
        assertThat(patient.look(List.of(AGENT), 0)).isEmpty();
        patient.listened();
        assertThat(patient.look(List.of(AGENT), 0)).containsExactly(joined(AGENT, true));
    }

    @Test
    void whoIsThereWithoutPublishingDoesNotAnswerForWhoDoes() {
        company.published("TR_1", RECORDER.sid());
        assertThat(company.look(List.of(AGENT, RECORDER), 0)).isEmpty();
        company.published("TR_2", PERSON.sid());
        assertThat(company.look(List.of(AGENT, RECORDER, PERSON), 0)).containsExactly(joined(PERSON, true));
    }

    @Test
    void whoHasTakenItsTrackAwayBeforeItWasLookedDoesNotAnswer() {
        company.published("TR_1", AGENT.sid());
        company.published("TR_2", AGENT.sid());
        company.unpublished("TR_1");
        company.unpublished("TR_2");
        assertThat(company.look(List.of(AGENT), 0)).isEmpty();
    }

    @Test
    void anotherCallersVoiceIsNoAnswerWhereAnAgentIsAskedAndIsOneWhereCallersMeet() {
        company.published("TR_1", CALLER.sid());
        assertThat(company.look(List.of(CALLER), 0)).isEmpty();
        Company meeting = company(false, false);
        meeting.published("TR_1", CALLER.sid());
        assertThat(meeting.look(List.of(CALLER), 0)).containsExactly(joined(CALLER, true));
    }

    @Test
    void whoComesInThePlaceOfOneWhoOnlyPublishedHasToAnswerToo() {
        company.published("TR_1", AGENT.sid());
        company.look(List.of(AGENT), 1_000);
        company.unpublished("TR_1");
        company.left(AGENT.sid(), DisconnectReason.CLIENT_INITIATED, 2_000);
        assertThat(company.look(List.of(SECOND_AGENT), 2_000))
                .containsExactly(left(AGENT, DisconnectReason.CLIENT_INITIATED, 1_000, true));
        company.published("TR_2", SECOND_AGENT.sid());
        assertThat(company.look(List.of(SECOND_AGENT), 3_000)).containsExactly(joined(SECOND_AGENT, false));
    }

    @Test
    void whoMayAnswerIsKnownBeforeAnybodyDoes() {
        assertThat(company.mayBeAnsweredBy(List.of(RECORDER, FEED, CALLER))).isFalse();
        assertThat(company.mayBeAnsweredBy(List.of(RECORDER, AGENT))).isTrue();
        assertThat(company(true, true).mayBeAnsweredBy(List.of(CALLER))).isTrue();
    }

    @Test
    void whoAnswersIsToldOnce() {
        answered(company, AGENT);
        assertThat(company.look(List.of(AGENT), 2_000)).isEmpty();
        assertThat(company.look(List.of(PERSON, AGENT, SECOND_AGENT), 3_000)).isEmpty();
    }

    @Test
    void theLastOneToLeaveLeavesTheCallerAlone() {
        answered(company, AGENT);
        company.left(AGENT.sid(), DisconnectReason.CLIENT_INITIATED, 8_000);
        assertThat(company.alone()).isTrue();
        assertThat(company.look(List.of(), 8_000))
                .containsExactly(left(AGENT, DisconnectReason.CLIENT_INITIATED, 7_000, true));
        assertThat(company.look(List.of(), 9_000)).isEmpty();
        assertThat(company.alone()).isTrue();
    }

    @Test
    void whoComesInTheirPlaceIsToldAgainAndIsWatchedToo() {
        answered(company, AGENT);
        company.left(AGENT.sid(), DisconnectReason.SIGNAL_CLOSE, 2_000);
        company.look(List.of(), 2_000);
        assertThat(company.look(List.of(SECOND_AGENT), 4_000)).containsExactly(joined(SECOND_AGENT, false));
        company.left(SECOND_AGENT.sid(), DisconnectReason.CONNECTION_TIMEOUT, 4_500);
        assertThat(company.look(List.of(), 4_500))
                .containsExactly(left(SECOND_AGENT, DisconnectReason.CONNECTION_TIMEOUT, 500, true));
    }

    @Test
    void oneWhoAnswersIsMutedWithAllItsTracksAndOneWithoutAnyHasYetToSpeak() {
        answered(company, AGENT);
        assertThat(company.isMuted(List.of(AGENT))).isFalse();
        assertThat(company.isMuted(List.of(publishing(AGENT, true)))).isTrue();
        assertThat(company.isMuted(List.of(publishing(AGENT, true, false)))).isFalse();
        assertThat(company.isMuted(List.of(AGENT, publishing(PERSON, true)))).isFalse();
        assertThat(company.isMuted(List.of())).isFalse();
    }

    private static RemoteParticipant publishing(RemoteParticipant who, boolean... muted) {
        var tracks = new ArrayList<RemoteAudioTrack>();
        for (boolean one : muted) {
            tracks.add(new RemoteAudioTrack("TR_" + tracks.size(), "voice", who.sid(), who.identity(), "audio/opus", one));
        }
        return new RemoteParticipant(who.sid(), who.identity(), "", who.kind(), "", Map.of(), tracks);
    }

    @Test
    void whereASecondOneStaysTheCallerIsNotAloneAndTheSecondIsWatchedFromThen() {
        answered(company, AGENT);
        company.left(AGENT.sid(), DisconnectReason.CLIENT_INITIATED, 2_000);
        assertThat(company.look(List.of(RECORDER, PERSON), 2_000)).containsExactly(
                left(AGENT, DisconnectReason.CLIENT_INITIATED, 1_000, false), joined(PERSON, false));
        assertThat(company.alone()).isFalse();
        company.left(PERSON.sid(), DisconnectReason.CLIENT_INITIATED, 5_000);
        assertThat(company.look(List.of(RECORDER), 5_000))
                .containsExactly(left(PERSON, DisconnectReason.CLIENT_INITIATED, 3_000, true));
    }

    @Test
    void aSecondOneWhoLeavesIsNoNews() {
        answered(company, AGENT);
        company.left(PERSON.sid(), DisconnectReason.CLIENT_INITIATED, 2_000);
        assertThat(company.look(List.of(AGENT), 2_000)).isEmpty();
        assertThat(company.alone()).isFalse();
    }

    @Test
    void recordersFeedsAndOtherCallersAreNoCompanyWhereAnAgentIsAsked() {
        answered(company, AGENT);
        company.left(AGENT.sid(), DisconnectReason.CLIENT_INITIATED, 2_000);
        assertThat(company.look(List.of(RECORDER, FEED, CALLER), 2_000))
                .containsExactly(left(AGENT, DisconnectReason.CLIENT_INITIATED, 1_000, true));
    }

    @Test
    void anotherCallerWhoWaitsForTheAgentTooIsNoAnswer() {
        company.listened();
        assertThat(company.look(List.of(CALLER), 0)).isEmpty();
        assertThat(company.look(List.of(CALLER, AGENT), 0)).containsExactly(joined(AGENT, true));
    }

    @Test
    void whereTheRuleLetsCallersStayTheyAreCompany() {
        Company meeting = answered(company(true, true), AGENT);
        meeting.left(AGENT.sid(), DisconnectReason.CLIENT_INITIATED, 2_000);
        assertThat(meeting.look(List.of(CALLER), 2_000)).containsExactly(
                left(AGENT, DisconnectReason.CLIENT_INITIATED, 1_000, false), joined(CALLER, false));
    }

    @Test
    void whereNoAgentIsAskedCallersMeetUntilSomebodyElseHasAnswered() {
        Company meeting = answered(company(false, false), CALLER);
        meeting.left(CALLER.sid(), DisconnectReason.CLIENT_INITIATED, 2_000);
        assertThat(meeting.look(List.of(), 2_000)).containsExactly(left(CALLER, DisconnectReason.CLIENT_INITIATED, 1_000, true));
        assertThat(meeting.look(List.of(PERSON), 3_000)).containsExactly(joined(PERSON, false));
        meeting.left(PERSON.sid(), DisconnectReason.CLIENT_INITIATED, 4_000);
        assertThat(meeting.look(List.of(CALLER), 4_000))
                .containsExactly(left(PERSON, DisconnectReason.CLIENT_INITIATED, 1_000, true));
        assertThat(meeting.look(List.of(CALLER), 5_000)).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(names = {"DUPLICATE_IDENTITY", "MIGRATION", "SERVER_SHUTDOWN", "ROOM_DELETED", "ROOM_CLOSED"})
    void aLeaveThatMayBeNoneIsHeldBackAndTheCallerIsAloneMeanwhile(DisconnectReason why) {
        answered(company, AGENT);
        company.left(AGENT.sid(), why, 2_000);
        assertThat(company.look(List.of(), 2_000)).isEmpty();
        assertThat(company.alone()).isTrue();
        assertThat(company.lookAgainAt()).hasValue(7_000);
        assertThat(company.look(List.of(), 6_999)).isEmpty();
        assertThat(company.look(List.of(), 7_000)).containsExactly(left(AGENT, why, 1_000, true));
        assertThat(company.lookAgainAt()).isEmpty();
    }

    @Test
    void whoComesBackOverAnotherConnectionLeavesNobodyAlone() {
        answered(company, AGENT);
        company.left(AGENT.sid(), DisconnectReason.DUPLICATE_IDENTITY, 2_000);
        assertThat(company.look(List.of(), 2_000)).isEmpty();
        var again = new RemoteParticipant("PA_new", "agent", "", ParticipantKind.AGENT, "", Map.of(), List.of());
        assertThat(company.look(List.of(again), 2_300)).containsExactly(
                left(AGENT, DisconnectReason.DUPLICATE_IDENTITY, 1_000, false), joined(again, false));
        assertThat(company.alone()).isFalse();
    }

    @ParameterizedTest
    @EnumSource(names = {"CLIENT_INITIATED", "SIGNAL_CLOSE", "CONNECTION_TIMEOUT", "PARTICIPANT_REMOVED", "AGENT_ERROR", "UNKNOWN"})
    void anyOtherLeaveCountsAtOnce(DisconnectReason why) {
        answered(company, AGENT);
        company.left(AGENT.sid(), why, 2_000);
        assertThat(company.look(List.of(), 2_000)).containsExactly(left(AGENT, why, 1_000, true));
    }

    @Test
    void whoIsThereWhenTheRoomIsEnteredAgainNeverLeft() {
        answered(company, AGENT);
        company.enteredAgain(List.of(AGENT), 9_000);
        assertThat(company.look(List.of(AGENT), 9_000)).isEmpty();
        assertThat(company.alone()).isFalse();
    }

    @Test
    void whoIsNotThereWhenTheRoomIsEnteredAgainHasSomeTimeToComeBack() {
        answered(company, AGENT);
        company.enteredAgain(List.of(), 9_000);
        assertThat(company.alone()).isTrue();
        assertThat(company.look(List.of(), 9_000)).isEmpty();
        assertThat(company.look(List.of(AGENT), 9_500)).isEmpty();
        assertThat(company.alone()).isFalse();
        company.enteredAgain(List.of(), 20_000);
        assertThat(company.look(List.of(), 24_999)).isEmpty();
        assertThat(company.look(List.of(), 25_000)).containsExactly(left(AGENT, DisconnectReason.UNKNOWN, 19_000, true));
    }

    @Test
    void whoTookThePlaceWhileTheRoomWasLostIsSeen() {
        answered(company, AGENT);
        company.enteredAgain(List.of(PERSON), 9_000);
        assertThat(company.look(List.of(PERSON), 9_000)).containsExactly(
                left(AGENT, DisconnectReason.UNKNOWN, 8_000, false), joined(PERSON, false));
    }

    @Test
    void whatLiveKitSaysOfALeaveThatWasOnlySupposedCounts() {
        answered(company, AGENT);
        company.enteredAgain(List.of(), 9_000);
        company.left(AGENT.sid(), DisconnectReason.CLIENT_INITIATED, 9_100);
        assertThat(company.look(List.of(), 9_100)).containsExactly(left(AGENT, DisconnectReason.CLIENT_INITIATED, 8_000, true));
    }

    @Test
    void whoseLeaveIsNotYetExplainedIsWaitedFor() {
        // The participant list may be ahead of the events about the participants.
        answered(company, AGENT);
        assertThat(company.look(List.of(), 2_000)).isEmpty();
        company.left(AGENT.sid(), DisconnectReason.CLIENT_INITIATED, 2_001);
        assertThat(company.look(List.of(), 2_001)).containsExactly(left(AGENT, DisconnectReason.CLIENT_INITIATED, 1_001, true));
    }

    @ParameterizedTest
    @CsvSource({"CLIENT_INITIATED, client-initiated", "SIGNAL_CLOSE, signal-close", "UNKNOWN, unknown"})
    void reasonsAreWrittenWithHyphens(DisconnectReason why, String text) {
        assertThat(RoomAgents.reason(why)).isEqualTo(text);
    }

    private static final String TRANSFER = "transfer-1";
    private static final CallId LEG = new CallId(new UUID(0, 9));

    private static RemoteParticipant leg(CallId call, String status) {
        return new RemoteParticipant(
                "PA_leg", "sip_+15550002", "", ParticipantKind.SIP, "",
                Map.of("trunkline.callId", call.toString(), "trunkline.direction", "outbound", "sip.callStatus", status), List.of());
    }

    @Test
    void whoIsCalledAnswersNobodyBeforeAnsweringItself() {
        Company meeting = company(true, false);
        meeting.published("TR_1", "PA_leg");
        assertThat(meeting.look(List.of(leg(LEG, "dialing")), 0)).isEmpty();
        assertThat(meeting.look(List.of(leg(LEG, "ringing")), 0)).isEmpty();
        assertThat(meeting.mayBeAnsweredBy(List.of(leg(LEG, "ringing")))).isFalse();
        assertThat(meeting.look(List.of(leg(LEG, "active")), 0)).containsExactly(joined(leg(LEG, "active"), true));
    }

    @Test
    void whomTheCallerWasHandedOverToIsCompanyWhenTheAgentsHaveLeft() {
        answered(company, AGENT);
        company.partnerCalled(TRANSFER, LEG, false);
        company.partnerJoined(LEG, false);
        assertThat(company.look(List.of(AGENT, leg(LEG, "active")), 2_000)).isEmpty();
        company.left(AGENT.sid(), DisconnectReason.CLIENT_INITIATED, 3_000);
        assertThat(company.look(List.of(leg(LEG, "active")), 3_000)).containsExactly(
                left(AGENT, DisconnectReason.CLIENT_INITIATED, 2_000, false), joined(leg(LEG, "active"), false));
        assertThat(company.alone()).isFalse();
        assertThat(company.isPartner(leg(LEG, "active"))).isTrue();

        // The two calls end together; until then nobody else takes charge of the caller.
        company.left("PA_leg", DisconnectReason.CLIENT_INITIATED, 4_000);
        assertThat(company.look(List.of(), 4_000))
                .containsExactly(left(leg(LEG, "active"), DisconnectReason.CLIENT_INITIATED, 1_000, true));
        assertThat(company.isHandedOver()).isTrue();
    }

    @Test
    void anAgentWhoLeavesBeforeKafkaSaysThatTheTransferSucceededLeavesNobodyAlone() {
        answered(company, AGENT);
        company.partnerCalled(TRANSFER, LEG, false);
        company.left(AGENT.sid(), DisconnectReason.PARTICIPANT_REMOVED, 3_000);
        assertThat(company.look(List.of(leg(LEG, "active")), 3_000)).containsExactly(
                left(AGENT, DisconnectReason.PARTICIPANT_REMOVED, 2_000, false), joined(leg(LEG, "active"), false));
    }

    @Test
    void whoSpeaksWithTheAgentFirstIsNoCompanyBeforeTheTwoAreToBeJoined() {
        answered(company, AGENT);
        company.consulted(LEG);
        company.published("TR_leg", "PA_leg");
        assertThat(company.look(List.of(AGENT, leg(LEG, "active")), 2_000)).isEmpty();
        assertThat(company.isHandedOver()).isFalse();
        company.left(AGENT.sid(), DisconnectReason.CLIENT_INITIATED, 3_000);
        assertThat(company.look(List.of(leg(LEG, "active")), 3_000))
                .containsExactly(left(AGENT, DisconnectReason.CLIENT_INITIATED, 2_000, true));
        company.partnerCalled(TRANSFER, LEG, false);
        assertThat(company.look(List.of(leg(LEG, "active")), 4_000)).containsExactly(joined(leg(LEG, "active"), false));
        assertThat(company.isHandedOver()).isTrue();
    }

    @Test
    void whoSpeaksWithTheAgentFirstAnswersNobodyWhereCallersMeet() {
        Company meeting = company(true, false);
        meeting.consulted(LEG);
        meeting.published("TR_1", "PA_leg");
        assertThat(meeting.look(List.of(leg(LEG, "active")), 0)).isEmpty();
    }

    @Test
    void aTransferThatRingsOrFailedKeepsNobodyCompany() {
        answered(company, AGENT);
        company.partnerCalled(TRANSFER, LEG, false);
        company.partnerFailed(TRANSFER);
        company.left(AGENT.sid(), DisconnectReason.CLIENT_INITIATED, 3_000);
        assertThat(company.look(List.of(leg(LEG, "ringing")), 3_000))
                .containsExactly(left(AGENT, DisconnectReason.CLIENT_INITIATED, 2_000, true));
        assertThat(company.isHandedOver()).isFalse();
    }

    @Test
    void anotherLegIsNotWhomTheCallerWasHandedOverTo() {
        answered(company, AGENT);
        company.partnerJoined(LEG, false);
        RemoteParticipant other = leg(new CallId(new UUID(0, 10)), "active");
        company.left(AGENT.sid(), DisconnectReason.CLIENT_INITIATED, 3_000);
        assertThat(company.look(List.of(other), 3_000))
                .containsExactly(left(AGENT, DisconnectReason.CLIENT_INITIATED, 2_000, true));
    }

    @Test
    void aCallerWhosePartnerLeavesIsBackWithTheAgentsWhoStayed() {
        answered(company, AGENT);
        company.partnerJoined(LEG, true);
        assertThat(company.look(List.of(AGENT, leg(LEG, "active")), 2_000)).isEmpty();
        assertThat(company.isHandedOver()).isTrue();
        assertThat(company.look(List.of(AGENT), 3_000)).isEmpty();
        assertThat(company.isHandedOver()).isFalse();
        company.left(AGENT.sid(), DisconnectReason.CLIENT_INITIATED, 4_000);
        assertThat(company.look(List.of(), 4_000))
                .containsExactly(left(AGENT, DisconnectReason.CLIENT_INITIATED, 3_000, true));
    }

    @Test
    void withAgentsWhoStayAndHaveLeftAllTheSameTheCallerIsAloneWhenThePartnerLeaves() {
        answered(company, AGENT);
        company.partnerJoined(LEG, true);
        company.left(AGENT.sid(), DisconnectReason.CLIENT_INITIATED, 3_000);
        company.look(List.of(leg(LEG, "active")), 3_000);
        company.left("PA_leg", DisconnectReason.CLIENT_INITIATED, 4_000);
        assertThat(company.look(List.of(), 4_000))
                .containsExactly(left(leg(LEG, "active"), DisconnectReason.CLIENT_INITIATED, 1_000, true));
        assertThat(company.isHandedOver()).isFalse();
        assertThat(company.wasCalled(leg(LEG, "active"))).isTrue();
        company.listened();
        assertThat(company.look(List.of(SECOND_AGENT), 5_000)).containsExactly(joined(SECOND_AGENT, false));
    }

    private static final CallId OTHER_LEG = new CallId(new UUID(0, 11));

    private static RemoteParticipant otherLeg(String status) {
        return new RemoteParticipant(
                "PA_other_leg", "sip_+15550003", "", ParticipantKind.SIP, "",
                Map.of("trunkline.callId", OTHER_LEG.toString(), "trunkline.direction", "outbound", "sip.callStatus", status), List.of());
    }

    private static Company forwarded() {
        return new Company(WaitFor.PUBLISHED_OR_LISTENING, false, false, true, Duration.ofMillis(5_000), Optional.empty());
    }

    @Test
    void ofSeveralWhoRingAtOnceTheOneWhoIsSaidToHaveTheCallerIsCompanyAndNoOther() {
        Company company = forwarded();
        company.partnerCalled("forward.1.1", LEG, false);
        company.partnerCalled("forward.1.2", OTHER_LEG, false);
        assertThat(company.look(List.of(leg(LEG, "ringing"), otherLeg("ringing")), 0)).isEmpty();
        assertThat(company.look(List.of(leg(LEG, "ringing"), otherLeg("active")), 1_000)).containsExactly(joined(otherLeg("active"), true));
        company.partnerJoined(OTHER_LEG, false);
        company.partnerFailed("forward.1.1");
        assertThat(company.look(List.of(otherLeg("active")), 2_000)).isEmpty();
        assertThat(company.isPartner(otherLeg("active"))).isTrue();
    }

    @Test
    void whoPickedUpAMomentTooLateIsLeftForWhoWasFirst() {
        Company company = forwarded();
        company.partnerCalled("forward.1.1", LEG, false);
        company.partnerCalled("forward.1.2", OTHER_LEG, false);
        assertThat(company.look(List.of(leg(LEG, "active"), otherLeg("ringing")), 0)).containsExactly(joined(leg(LEG, "active"), true));
        company.partnerJoined(OTHER_LEG, false);
        company.partnerFailed("forward.1.1");
        company.left("PA_leg", DisconnectReason.CLIENT_INITIATED, 1_000);
        assertThat(company.look(List.of(otherLeg("active")), 1_000)).containsExactly(
                left(leg(LEG, "active"), DisconnectReason.CLIENT_INITIATED, 1_000, false), joined(otherLeg("active"), true));
        assertThat(company.wasCalled(leg(LEG, "active"))).isTrue();
    }

    @Test
    void whoSeemedToHaveAnsweredAndFailedAllTheSameKeepsNobodyCompany() {
        Company company = forwarded();
        company.partnerCalled("forward.1.1", LEG, false);
        company.look(List.of(leg(LEG, "active")), 0);
        company.partnerFailed("forward.1.1");
        assertThat(company.isHandedOver()).isFalse();
    }

    @Test
    void nobodyOfTheRoomAnswersACallerWhoIsForwarded() {
        Company company = forwarded();
        company.listened();
        company.published("TR_1", AGENT.sid());
        assertThat(company.look(List.of(AGENT), 0)).isEmpty();
        assertThat(company.alone()).isTrue();
    }

    @Test
    void aLegThatFailedIsNoCallerToMeetWith() {
        Company meeting = company(true, false);
        meeting.partnerCalled(TRANSFER, LEG, false);
        meeting.partnerFailed(TRANSFER);
        meeting.published("TR_1", "PA_leg");
        assertThat(meeting.look(List.of(leg(LEG, "active")), 0)).isEmpty();
    }

    @Test
    void anAgentAnswersInThePlaceOfAPersonWhoWantsItOnceItIsHeard() {
        answered(company, PERSON);
        company.agentWanted(true);
        assertThat(company.look(List.of(PERSON), 2_000)).isEmpty();
        assertThat(company.look(List.of(PERSON, AGENT), 3_000)).as("that the person listens says nothing of the agent").isEmpty();
        assertThat(company.agent()).isEmpty();
        company.published("TR_1", AGENT.sid());
        assertThat(company.look(List.of(PERSON, AGENT), 4_000)).containsExactly(joined(AGENT, false));
        assertThat(company.agent()).contains(AGENT);
        assertThat(company.look(List.of(PERSON, AGENT), 5_000)).isEmpty();
        company.left(PERSON.sid(), DisconnectReason.CLIENT_INITIATED, 6_000);
        assertThat(company.look(List.of(AGENT), 6_000)).as("the caller has somebody").isEmpty();
        assertThat(company.alone()).isFalse();
        company.left(AGENT.sid(), DisconnectReason.CLIENT_INITIATED, 7_000);
        assertThat(company.agent()).isEmpty();
        assertThat(company.look(List.of(), 7_000)).containsExactly(left(AGENT, DisconnectReason.CLIENT_INITIATED, 3_000, true));
    }

    @Test
    void anAgentWhomNobodyWantsTakesNobodysPlace() {
        answered(company, PERSON);
        company.published("TR_1", AGENT.sid());
        assertThat(company.look(List.of(PERSON, AGENT), 2_000)).isEmpty();
        company.agentWanted(true);
        company.agentWanted(false);
        assertThat(company.look(List.of(PERSON, AGENT), 3_000)).isEmpty();
        assertThat(company.isAnsweredBy(PERSON.sid())).isTrue();
    }

    @Test
    void neitherAPersonNorARecorderNorAnotherCallerIsTheAgentThatIsWanted() {
        answered(company, PERSON);
        company.agentWanted(true);
        for (RemoteParticipant other : List.of(RECORDER, FEED, CALLER, participant("ben", ParticipantKind.STANDARD))) {
            company.published("TR_" + other.identity(), other.sid());
            assertThat(company.look(List.of(PERSON, other), 2_000)).as(other.identity()).isEmpty();
        }
    }

    @Test
    void whereTheRuleWaitsForNoVoiceAnAgentWhoHasComeIsThere() {
        var patient = new Company(WaitFor.LISTENING, false, true, false, Duration.ofMillis(5_000), Optional.empty());
        answered(patient, PERSON);
        patient.agentWanted(true);
        assertThat(patient.look(List.of(PERSON, AGENT), 2_000)).containsExactly(joined(AGENT, false));
    }

    @Test
    void aPersonWhoLeavesBeforeTheAgentIsHeardLeavesTheCallerWithTheAgentWhoIsThere() {
        answered(company, PERSON);
        company.agentWanted(true);
        company.left(PERSON.sid(), DisconnectReason.CLIENT_INITIATED, 2_000);
        assertThat(company.look(List.of(AGENT), 2_000))
                .containsExactly(left(PERSON, DisconnectReason.CLIENT_INITIATED, 1_000, false), joined(AGENT, false));
    }
}
