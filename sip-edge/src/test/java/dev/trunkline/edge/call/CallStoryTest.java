package dev.trunkline.edge.call;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trunkline.edge.call.Effect.Transaction;
import dev.trunkline.edge.refresh.TimerHeaders;
import dev.trunkline.events.AgentJoined;
import dev.trunkline.events.AgentLeft;
import dev.trunkline.events.AnswerPolicy;
import dev.trunkline.events.CallAdmitted;
import dev.trunkline.events.CallAnswered;
import dev.trunkline.events.CallDirection;
import dev.trunkline.events.CallEnded;
import dev.trunkline.events.CallEvent;
import dev.trunkline.events.CallHeartbeat;
import dev.trunkline.events.CallPurpose;
import dev.trunkline.events.CallRecord;
import dev.trunkline.events.CallRejected;
import dev.trunkline.events.CallSummary;
import dev.trunkline.events.EndCall;
import dev.trunkline.events.EndReason;
import dev.trunkline.events.Envelope;
import dev.trunkline.events.Envelope.Owners;
import dev.trunkline.events.InviteReceived;
import dev.trunkline.events.MediaLost.Attendance;
import dev.trunkline.events.MediaReady;
import dev.trunkline.events.MediaStats;
import dev.trunkline.events.RefusalReason;
import dev.trunkline.events.TransferSucceeded;
import dev.trunkline.events.TransferWay;
import dev.trunkline.sip.message.OutgoingResponse;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What a last event reports about the whole call. */
class CallStoryTest {
    private static final MediaStats STATS = new MediaStats(500, 499, 1, 2.5, 4.3);
    private static final CallStory INVITED = CallStory.of(Given.INVITE);
    private static final Effect ANSWERED =
            new Effect.PublishAnswered(Given.DIALOG, AnswerPolicy.ON_AGENT, Owners.NONE, told(0, Given.INVITE));
    private static final CallAdmitted ADMITTED =
            (CallAdmitted) ((CallInput.Told) Given.admitted(AnswerPolicy.ON_AGENT)).envelope().record();
    /** A call that rings after one second and is answered after three. */
    private static final CallStory UP = INVITED.after(told(1, ADMITTED))
            .after(respond(180), at(1))
            .after(Given.mediaReady("relay-1", 0))
            .after(told(2, new AgentJoined(Given.CALL, "demo", "PA_2", "agent", 10)))
            .after(ANSWERED, at(3));

    private static Instant at(int seconds) {
        return Given.NOW.plusSeconds(seconds);
    }

    private static Envelope told(int seconds, CallRecord record) {
        return new Envelope(new UUID(1, 2), "/test/1", at(seconds), Owners.NONE, "", record);
    }

    private static Effect respond(int status) {
        return new Effect.Respond(Transaction.INVITE, OutgoingResponse.of(status));
    }

    private static Envelope beat(int seconds, String relay, Optional<Instant> heard) {
        return told(seconds, new CallHeartbeat(Given.CALL, relay, 0, "o", "+3225550100", STATS, Optional.empty(), heard));
    }

    private static CallEnded ended(EndReason reason, boolean answered) {
        return new CallEnded(Given.CALL, CallMachine.SERVICE, reason, "", answered, 0, Optional.empty());
    }

    private static CallEnded end(CallStory story, EndReason reason, int now) {
        return (CallEnded) story.complete(ended(reason, true), at(now));
    }

    private static void assertTalked(CallEnded end, int seconds) {
        assertThat(end.durationMillis()).isEqualTo(seconds * 1_000L);
        assertThat(end.summary().orElseThrow().talkMillis()).isEqualTo(end.durationMillis());
        assertThat(end.summary().get().endedAt()).isEqualTo(at(3 + seconds));
    }

    @Test
    void tellsTheWholeOfAnAnsweredCall() {
        CallEnded end = end(UP.after(beat(13, "relay-1", Optional.of(at(12)))), EndReason.CALLER_HUNG_UP, 20);
        CallSummary whole = end.summary().orElseThrow();
        assertThat(whole).isEqualTo(new CallSummary(
                CallDirection.INBOUND, Optional.empty(), Given.INVITE.trunk(), "+3225550100", "00",
                Optional.of(ADMITTED.route().organisation()), Optional.of(ADMITTED.route().number()),
                Optional.of(ADMITTED.route().rule()), Optional.of(ADMITTED.route().room()), Optional.of("demo"), Given.NOW,
                Optional.of(at(1)), Optional.of(at(3)), at(20), OptionalLong.of(3_000), 17_000, Optional.of(STATS), Optional.empty()));
        assertThat(end.media()).contains(STATS);
        assertTalked(end, 17);
    }

    @Test
    void tellsTheRoomThatTheFirstRelayEntered() {
        CallStory up = INVITED.after(told(1, ADMITTED))
                .after(told(1, new MediaReady(Given.CALL, "relay-1", "given", "PA_1", Given.ANSWER, "PCMU", 0)))
                .after(told(2, new MediaReady(Given.CALL, "relay-2", "other", "PA_2", Given.ANSWER, "PCMU", 0)))
                .after(ANSWERED, at(3));
        assertThat(end(up, EndReason.CALLER_HUNG_UP, 20).summary().orElseThrow().room()).contains("given");
    }

    @Test
    void keepsWhatTheEventSaysByItself() {
        var said = new CallEnded(
                Given.CALL, CallMachine.SERVICE, EndReason.CALLER_HUNG_UP, "BYE", true, 0, Optional.empty(), Optional.of("Q.850;cause=16"));
        var whole = (CallEnded) UP.complete(said, at(4));
        assertThat(whole.detail()).isEqualTo("BYE");
        assertThat(whole.sipReason()).contains("Q.850;cause=16");
        assertThat(whole.answered()).isTrue();
    }

    @Test
    void anUnansweredCallEndsWhenItsCallerHearsOfIt() {
        CallStory over = INVITED.after(told(1, ADMITTED)).after(respond(180), at(1)).after(respond(487), at(4));
        var end = (CallEnded) over.complete(ended(EndReason.CANCELLED, false), at(9));
        assertThat(end.durationMillis()).isZero();
        assertThat(end.summary().orElseThrow()).satisfies(whole -> {
            assertThat(whole.endedAt()).isEqualTo(at(4));
            assertThat(whole.ringingAt()).contains(at(1));
            assertThat(whole.answeredAt()).isEmpty();
            assertThat(whole.setupMillis()).isEmpty();
            assertThat(whole.talkMillis()).isZero();
        });
    }

    @Test
    void aRefusalBeforeAnythingWasDecidedTellsOfItsInvite() {
        var refusal = CallRejected.of(
                Given.INVITE, RefusalReason.DEADLINE, OptionalInt.empty(), CallMachine.SERVICE, Optional.empty(), List.of());
        CallSummary whole = ((CallRejected) INVITED.after(respond(503), at(2)).complete(refusal, at(3))).summary().orElseThrow();
        assertThat(whole).isEqualTo(CallSummary.of(Given.INVITE, at(2)));
    }

    @Test
    void aRefusalThatWaitedForOthersKnowsWhatTheyDecidedMeanwhile() {
        var refusal = CallRejected.of(
                Given.INVITE, RefusalReason.DEADLINE, OptionalInt.empty(), CallMachine.SERVICE, Optional.empty(), List.of());
        CallStory story = INVITED.after(respond(503), at(2)).after(told(3, ADMITTED.route()));
        assertThat(((CallRejected) story.complete(refusal, at(4))).summary().orElseThrow().organisation())
                .contains(ADMITTED.route().organisation());
    }

    @Test
    void aCallThatWasSentOnIsItsOrganisationsAndHasNoRoom() {
        CallStory story = INVITED.after(Given.forwarded("sip:desk@pbx.example"));
        CallSummary whole = ((CallEnded) story.complete(ended(EndReason.FORWARDED, false), at(1))).summary().orElseThrow();
        assertThat(whole.organisation()).isPresent();
        assertThat(whole.room()).isEmpty();
    }

    @Test
    void ringsOnceHoweverOftenItIsSaid() {
        CallStory story = INVITED.after(respond(100), at(1)).after(respond(183), at(2)).after(respond(180), at(3));
        assertThat(story.known().orElseThrow().ringingAt()).contains(at(2));
    }

    @Test
    void answersToOtherRequestsEndNothing() {
        CallStory story = UP.after(new Effect.Respond(Transaction.REQUEST, OutgoingResponse.of(500)), at(5))
                .after(new Effect.Respond(Transaction.OFFER, OutgoingResponse.of(488)), at(6));
        assertThat(story).isEqualTo(UP);
    }

    @Test
    void theLastWhoAnsweredIsItsAgent() {
        CallStory story = UP.after(told(9, new AgentJoined(Given.CALL, "second", "PA_3", "agent", 10)));
        assertThat(end(story, EndReason.AGENT_LEFT, 12).summary().orElseThrow().agent()).contains("second");
        assertTalked(end(story, EndReason.AGENT_LEFT, 12), 9);
    }

    @Test
    void aCallThatLostItsMediaEndsWithTheLastPacket() {
        CallStory story = UP.after(beat(13, "relay-1", Optional.of(at(12))))
                .after(told(44, new EndCall(Given.CALL, EndReason.MEDIA_TIMEOUT, "media-relay", "", Optional.of(at(14)), Optional.empty())));
        assertTalked(end(story, EndReason.MEDIA_TIMEOUT, 44), 11);
    }

    @Test
    void ofARelayThatDoesNotSayWhenItIsTheLastHeartbeat() {
        CallStory story = UP.after(beat(13, "relay-1", Optional.of(at(12))))
                .after(told(44, new EndCall(Given.CALL, EndReason.MEDIA_TIMEOUT, "media-relay", "")));
        assertTalked(end(story, EndReason.MEDIA_TIMEOUT, 44), 9);
        assertTalked(end(UP.after(beat(13, "relay-1", Optional.empty())), EndReason.MEDIA_TIMEOUT, 44), 10);
        assertTalked(end(UP, EndReason.MEDIA_TIMEOUT, 44), 41);
    }

    @Test
    void aCallThatLostItsRelayEndsWithTheLaterOfWhatIsKnown() {
        CallStory story = UP.after(beat(13, "relay-1", Optional.of(at(12))));
        assertTalked(end(story.after(lost("relay-1", Optional.of(at(17)))), EndReason.RELAY_LOST, 25), 14);
        assertTalked(end(story.after(lost("relay-1", Optional.of(at(5)))), EndReason.RELAY_LOST, 25), 9);
        assertTalked(end(story.after(lost("relay-1", Optional.empty())), EndReason.RELAY_LOST, 25), 9);
        assertTalked(end(story, EndReason.RELAY_LOST, 43), 9);
        assertTalked(end(UP.after(lost("relay-1", Optional.of(at(7)))), EndReason.RELAY_LOST, 25), 4);
    }

    private static CallInput lost(String relay, Optional<Instant> lastSaid) {
        return new CallInput.RelayLost(relay, "silent", lastSaid);
    }

    @Test
    void aCallOfWhichNothingWasHeardWasNoTalk() {
        assertTalked(end(UP, EndReason.RELAY_LOST, 33), 0);
    }

    @Test
    void whatIsHeardLaterIsLaterAndNothingOfItTakesTimeBack() {
        CallStory story = UP.after(beat(23, "relay-1", Optional.of(at(22)))).after(beat(13, "relay-1", Optional.of(at(12))));
        assertTalked(end(story, EndReason.RELAY_LOST, 60), 19);
    }

    @Test
    void anotherRelaySaysNothingOfIt() {
        CallStory story = UP.after(beat(13, "relay-2", Optional.of(at(12)))).after(lost("relay-2", Optional.of(at(9))));
        assertThat(story).isEqualTo(UP);
    }

    @Test
    void theClocksOfOthersMakeNoTalkLongerThanTheCall() {
        assertTalked(end(UP.after(lost("relay-1", Optional.of(at(99)))), EndReason.RELAY_LOST, 25), 22);
        assertTalked(end(UP.after(lost("relay-1", Optional.of(Instant.EPOCH))), EndReason.RELAY_LOST, 25), 0);
    }

    @ParameterizedTest
    @EnumSource(value = EndReason.class, mode = EnumSource.Mode.EXCLUDE, names = {"MEDIA_TIMEOUT", "RELAY_LOST"})
    void inAnyOtherWayItEndsNow(EndReason reason) {
        assertTalked(end(UP.after(beat(13, "relay-1", Optional.of(at(12)))), reason, 20), 17);
    }

    @Test
    void aCallOfAnEarlierProcessIsToldByItsEvents() {
        CallStory story = CallStory.NONE.after(told(0, Given.INVITE)).after(told(1, ADMITTED)).rang(at(1))
                .after(Given.mediaReady("relay-1", 0))
                .after(told(2, new AgentJoined(Given.CALL, "demo", "PA_2", "agent", 10)))
                .after(told(3, new CallAnswered(Given.CALL, "edge-1", AnswerPolicy.ON_AGENT, 3_000, "v1.x")));
        assertThat(story).isEqualTo(UP);
    }

    @Test
    void withoutAnInviteItKnowsTheTalkAlone() {
        CallStory story = CallStory.NONE.after(told(3, new CallAnswered(Given.CALL, "edge-1", AnswerPolicy.ON_AGENT, 1, "v1.x")));
        CallEnded end = end(story, EndReason.CALLER_HUNG_UP, 8);
        assertThat(end.durationMillis()).isEqualTo(5_000);
        assertThat(end.summary()).isEmpty();
    }

    @Test
    void theAdmissionBringsTheInviteWhereItIsNotKnown() {
        assertThat(CallStory.NONE.after(told(1, ADMITTED)).known().orElseThrow().receivedAt()).isEqualTo(Given.NOW);
    }

    @Test
    void aTrialCallIsMarked() {
        InviteReceived i = Given.INVITE;
        var trial = new InviteReceived(i.callId(), i.edge(), i.trunk(), i.sipCallId(), i.called(), i.calledAsReceived(), i.caller(),
                i.sealed(), i.sdpOffer(), i.source(), i.receivedAt(), i.deadline(), Optional.empty(), Optional.of(CallPurpose.TRIAL), Optional.empty());
        var end = (CallEnded) CallStory.of(trial).complete(ended(EndReason.CANCELLED, false), at(1));
        assertThat(end.summary().orElseThrow().purpose()).contains(CallPurpose.TRIAL);
    }

    private static Optional<Attendance> attended(CallStory story) {
        return story.wanting(new Effect.WantRelay("relay-1", 1, Given.ANSWER, "why", Owners.NONE)).orElseThrow().attended();
    }

    private static CallStory without(String sid) {
        return UP.after(told(9, new AgentLeft(Given.CALL, "demo", sid, "agent", "client-initiated", 10, true, Optional.empty())));
    }

    /** The relay that takes the call over must know whom to miss. */
    @Test
    void theNextRelayIsToldWhoAnswersTheCaller() {
        assertThat(attended(UP)).contains(new Attendance("demo", "PA_2", "agent", at(2)));
        assertThat(attended(UP.after(told(9, new AgentJoined(Given.CALL, "second", "PA_3", "agent", 10)))))
                .contains(new Attendance("second", "PA_3", "agent", at(9)));
        assertThat(attended(without("PA_2"))).isEmpty();
        assertThat(attended(without("PA_1"))).as("somebody else left").isPresent();
    }

    @ParameterizedTest
    @EnumSource(value = TransferWay.class, names = "REFER", mode = EnumSource.Mode.EXCLUDE)
    void whoeverTookTheCallerIsNotMissedInTheRoom(TransferWay way) {
        assertThat(attended(UP.after(told(9, new TransferSucceeded(Given.CALL, "transfer-1", way, Optional.of(Given.CALL), false)))))
                .isEmpty();
    }

    @Test
    void otherEventsStayAsTheyAre() {
        CallEvent ready = new AgentJoined(Given.CALL, "demo", "PA_2", "agent", 10);
        assertThat(UP.complete(ready, at(5))).isSameAs(ready);
    }

    /** After a whole call through the machine, its last event contains what happened. */
    @Test
    void theMachinesStepsTellIt() {
        CallStory story = INVITED;
        CallState state = Given.MACHINE.begin(new CallFacts(Given.INVITE, Given.DIALOG, 7, TimerHeaders.NONE, false)).next();
        for (CallInput input : List.of(Given.admitted(AnswerPolicy.ON_AGENT), Given.mediaReady("relay-1", 0), Given.agentJoined(),
                new CallInput.Ack(7, Optional.empty()), new CallInput.Bye(8))) {
            story = story.after(input);
            Step step = Given.MACHINE.on(state, input);
            state = step.next();
            for (Effect effect : step.effects()) {
                story = story.after(effect, at(5));
                if (effect instanceof Effect.Publish(var event, var owners, var cause) && event.isLast()) {
                    CallSummary whole = ((CallEnded) story.complete(event, at(9))).summary().orElseThrow();
                    assertThat(whole.ringingAt()).contains(at(5));
                    assertThat(whole.answeredAt()).contains(at(5));
                    assertThat(whole.talkMillis()).isEqualTo(4_000);
                    assertThat(whole.agent()).contains("demo");
                    return;
                }
            }
        }
        throw new AssertionError("no last event was said");
    }
}
