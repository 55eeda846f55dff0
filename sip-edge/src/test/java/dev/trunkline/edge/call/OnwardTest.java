package dev.trunkline.edge.call;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trunkline.edge.call.Effect.Transaction;
import dev.trunkline.events.AgentUnavailable;
import dev.trunkline.events.AnswerCall;
import dev.trunkline.events.AnswerPolicy;
import dev.trunkline.events.CallAdmitted;
import dev.trunkline.events.CallEnded;
import dev.trunkline.events.CallId;
import dev.trunkline.events.CallRejected;
import dev.trunkline.events.CallRouted;
import dev.trunkline.events.EndCall;
import dev.trunkline.events.EndReason;
import dev.trunkline.events.Fallback;
import dev.trunkline.events.FallbackKind;
import dev.trunkline.events.ForwardPlan;
import dev.trunkline.events.ForwardRound;
import dev.trunkline.events.ForwardTarget;
import dev.trunkline.events.RefusalReason;
import dev.trunkline.events.TransferFailed;
import dev.trunkline.events.TransferSucceeded;
import dev.trunkline.events.TransferWay;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A caller who keeps ringing while others are called. */
class OnwardTest {
    private static final CallId LEG = CallId.of("01900000-0000-7000-8000-00000000000a");

    private static CallInput admitted(AnswerPolicy policy, int... rounds) {
        CallRouted plain = ((CallAdmitted) ((CallInput.Told) Given.admitted(policy)).envelope().record()).route();
        var target = new ForwardTarget("+3225550199", Optional.empty(), Map.of());
        var plan = new ForwardPlan(Arrays.stream(rounds).mapToObj(seconds -> new ForwardRound(List.of(target, target), seconds)).toList());
        CallRouted route = new CallRouted.Builder(plain.callId(), plain.invite(), plain.organisation(), plain.number(), plain.rule(), plain.room())
                .config(plain.config())
                .limits(plain.limits())
                .answerPolicy(policy)
                .patienceSeconds(plain.patienceSeconds())
                .forward(Optional.of(plan))
                .build();
        return Given.told(new CallAdmitted(Given.CALL, route, List.of(), 30));
    }

    /** Returns a ringing call that its relay has taken and for which others are being called. */
    private static CallState forwarding() {
        return Seen.of(Given.deciding(), admitted(AnswerPolicy.ON_AGENT, 20), Given.mediaReady("relay-1", 0)).state();
    }

    private static CallInput failed(String transfer, int status) {
        return Given.told(new TransferFailed(Given.CALL, transfer, Optional.of(TransferWay.BRIDGE), Optional.of(LEG),
                status == 0 ? OptionalInt.empty() : OptionalInt.of(status), "detail", List.of()));
    }

    private static CallInput succeeded() {
        return Given.told(new TransferSucceeded(Given.CALL, "forward.1.1", TransferWay.BRIDGE, Optional.of(LEG), false));
    }

    private static CallInput ended(EndReason reason) {
        return Given.told(new EndCall(Given.CALL, reason, "media-relay", "The first was busy."));
    }

    private static CallInput unavailable(Fallback... left) {
        return Given.told(new AgentUnavailable(Given.CALL, List.of("demo"), 20, "Nobody came.", List.of(left)));
    }

    private static Fallback step(FallbackKind kind, String target, int seconds) {
        return new Fallback(kind, target, "", seconds);
    }

    @Test
    void theCallerRingsForAsLongAsAllRoundsMayTake() {
        Seen seen = Seen.of(Given.deciding(), admitted(AnswerPolicy.ON_AGENT, 20, 30));
        assertThat(seen.statuses(Transaction.INVITE)).containsExactly(180);
        assertThat(seen.each(Effect.Start.class)).contains(new Effect.Start(CallTimer.PATIENCE, Duration.ofSeconds(20 + 5 + 30 + 5 + 10)));
    }

    @Test
    void theFirstTargetsAnswerIsTheCallers() {
        Seen seen = Seen.of(forwarding(), succeeded());
        assertThat(seen.statuses(Transaction.INVITE)).containsExactly(200);
        assertThat(seen.does(Effect.PublishAnswered.class)).isTrue();
        assertThat(seen.stopped()).contains(CallTimer.PATIENCE);
    }

    @Test
    void anAnswerBeforeTheRelayHasMediaWaitsForThat() {
        Seen seen = Seen.of(Given.deciding(), admitted(AnswerPolicy.ON_AGENT, 20), succeeded());
        assertThat(seen.statuses(Transaction.INVITE)).isEmpty();
        assertThat(Seen.of(seen.state(), Given.mediaReady("relay-1", 0)).statuses(Transaction.INVITE)).containsExactly(200);
    }

    @Test
    void aTransferOfACallThatIsUpStopsThePatienceAndNothingElse() {
        Seen seen = Seen.of(Given.up(), succeeded());
        assertThat(seen.stopped()).containsExactly(CallTimer.PATIENCE);
        assertThat(seen.state()).isEqualTo(Given.up());
    }

    @Test
    void anAnswerAtOnceIsGivenBeforeAnybodyIsReached() {
        Seen seen = Seen.of(Given.deciding(), admitted(AnswerPolicy.IMMEDIATE, 20), Given.mediaReady("relay-1", 0));
        assertThat(seen.statuses(Transaction.INVITE)).containsExactly(200);
        assertThat(seen.stopped()).doesNotContain(CallTimer.PATIENCE);
        Seen over = Seen.of(seen.state(), ended(EndReason.FORWARD_FAILED));
        assertThat(over.sent().method()).isEqualTo("BYE");
        assertThat(over.published(CallEnded.class).reason()).isEqualTo(EndReason.FORWARD_FAILED);
    }

    @ParameterizedTest
    @CsvSource({"486,486,486", "600,486,486", "486,603,480", "486,0,480", "408,408,480", "404,486,480"})
    void whereEverybodyIsBusyTheCallerHearsThat(int first, int second, int heard) {
        Seen seen = Seen.of(forwarding(), failed("forward.1.1", first), failed("forward.1.2", second), ended(EndReason.FORWARD_FAILED));
        assertThat(seen.statuses(Transaction.INVITE)).containsExactly(heard);
        CallRejected refusal = seen.published(CallRejected.class);
        assertThat(refusal.reason()).isEqualTo(RefusalReason.FORWARD_FAILED);
        assertThat(refusal.status()).isEqualTo(heard);
        assertThat(refusal.text()).contains("The first was busy.");
        assertThat(refusal.trace()).extracting("detail").containsExactly("The first was busy.");
        assertThat(seen.header(Transaction.INVITE, "Reason")).isEqualTo("SIP;cause=" + heard + ";text=\"forward-failed\"");
    }

    @Test
    void aFailureThatIsToldTwiceCountsOnce() {
        Seen seen = Seen.of(forwarding(), failed("forward.1.1", 503), failed("forward.1.1", 486), ended(EndReason.FORWARD_FAILED));
        assertThat(seen.statuses(Transaction.INVITE)).containsExactly(486);
    }

    @Test
    void withoutAnyTargetTriedNobodyIsBusy() {
        assertThat(Seen.of(forwarding(), ended(EndReason.FORWARD_FAILED)).statuses(Transaction.INVITE)).containsExactly(480);
    }

    @Test
    void aFailureChangesNothingByItself() {
        assertThat(Seen.of(forwarding(), failed("forward.1.1", 486)).step().effects()).isEmpty();
    }

    @Test
    void aRelayThatSaysNothingIsNotWaitedForWithoutEnd() {
        Seen seen = Seen.of(forwarding(), failed("forward.1.1", 486), Given.expired(CallTimer.PATIENCE));
        assertThat(seen.statuses(Transaction.INVITE)).containsExactly(486);
        assertThat(seen.published(CallRejected.class).reason()).isEqualTo(RefusalReason.FORWARD_FAILED);
        Seen tooLong = Seen.of(forwarding(), Given.expired(CallTimer.RINGING));
        assertThat(tooLong.published(CallRejected.class).reason()).isEqualTo(RefusalReason.FORWARD_FAILED);
    }

    @Test
    void noAgentIsMissedWhereNoneIsAwaited() {
        Seen seen = Seen.of(forwarding(), unavailable());
        assertThat(seen.step().effects()).isEmpty();
        assertThat(seen.state()).isEqualTo(forwarding());
    }

    @Test
    void aCallerWhoGivesUpEndsIt() {
        assertThat(Seen.of(forwarding(), new CallInput.Cancel()).published(CallEnded.class).reason()).isEqualTo(EndReason.CANCELLED);
        assertThat(Seen.of(forwarding(), new CallInput.Bye(8)).published(CallEnded.class).reason()).isEqualTo(EndReason.CANCELLED);
    }

    @Test
    void theRestOfAFallbackHasTheTimeThatItMayTake() {
        Seen seen = Seen.of(Given.taken(AnswerPolicy.ON_AGENT), unavailable(step(FallbackKind.FORWARD, "+3225550199", 15),
                step(FallbackKind.FORWARD, "+3225550198", 0), step(FallbackKind.ANNOUNCEMENT, "closed", 0), step(FallbackKind.REFUSE, "603", 0)));
        assertThat(seen.each(Effect.Start.class)).containsExactly(new Effect.Start(CallTimer.PATIENCE, Duration.ofSeconds(15 + 5 + 20 + 5 + 300 + 5 + 10)));
    }

    @Test
    void aFallbackThatReachesSomebodyAnswersTheCaller() {
        Seen seen = Seen.of(Given.taken(AnswerPolicy.ON_AGENT), unavailable(step(FallbackKind.FORWARD, "+3225550199", 15)), succeeded());
        assertThat(seen.statuses(Transaction.INVITE)).containsExactly(200);
    }

    @ParameterizedTest
    @CsvSource({"NO_AGENT,603,603", "AGENT_LEFT,603,603", "NO_AGENT,nonsense,480"})
    void aFallbackInVainEndsWithTheStatusThatItNames(EndReason reason, String status, int heard) {
        Seen seen = Seen.of(Given.taken(AnswerPolicy.ON_AGENT),
                unavailable(step(FallbackKind.FORWARD, "+3225550199", 15), step(FallbackKind.REFUSE, status, 0)), ended(reason));
        assertThat(seen.statuses(Transaction.INVITE)).containsExactly(heard);
        CallRejected refusal = seen.published(CallRejected.class);
        assertThat(refusal.reason()).isEqualTo(RefusalReason.NO_AGENT);
        assertThat(refusal.trace().getFirst().detail()).isEqualTo("The first was busy.");
    }

    @Test
    void aFallbackOfWhichNobodySaysTheEndIsOverInTime() {
        Seen seen = Seen.of(Given.taken(AnswerPolicy.ON_AGENT),
                unavailable(step(FallbackKind.FORWARD, "+3225550199", 15), step(FallbackKind.REFUSE, "603", 0)), Given.expired(CallTimer.PATIENCE));
        assertThat(seen.statuses(Transaction.INVITE)).containsExactly(603);
    }

    @Test
    void anAnnouncementThatWasAllThereWasEndsTheCallAsSuch() {
        Seen seen = Seen.of(Given.taken(AnswerPolicy.ON_AGENT), unavailable(step(FallbackKind.ANNOUNCEMENT, "closed", 0)), ended(EndReason.ANNOUNCED));
        assertThat(seen.statuses(Transaction.INVITE)).containsExactly(480);
        assertThat(seen.published(CallEnded.class).reason()).isEqualTo(EndReason.ANNOUNCED);
    }

    @Test
    void anotherEndThatIsAskedForIsThatEnd() {
        Seen seen = Seen.of(forwarding(), ended(EndReason.REQUESTED));
        assertThat(seen.published(CallEnded.class).reason()).isEqualTo(EndReason.REQUESTED);
    }

    @Test
    void aCallerWhoRingsIsNotSentElsewhereByRefer() {
        Seen seen = Seen.of(forwarding(), new CallInput.Refer("transfer-1", "sip:desk@pbx.example"));
        assertThat(seen.published(TransferFailed.class).status()).hasValue(480);
        assertThat(seen.state()).isEqualTo(forwarding());
    }

    @Test
    void aLegWhoseCallerHasAnotherIsGivenUp() {
        Seen calling = Seen.of(GivenLeg.calling(GivenLeg.transferring()), new CallInput.AnsweredElsewhere());
        assertThat(calling.does(Effect.CancelDial.class)).isTrue();
        assertThat(calling.published().getLast()).isInstanceOfSatisfying(CallEnded.class, ended ->
                assertThat(ended.reason()).isEqualTo(EndReason.ANSWERED_ELSEWHERE));
        assertThat(calling.each(Effect.TellParent.class).map(Effect.TellParent::event)).singleElement()
                .isInstanceOfSatisfying(TransferFailed.class, failed -> assertThat(failed.detail()).isEqualTo(EndReason.ANSWERED_ELSEWHERE.sentence()));
        Seen offering = Seen.of(GivenLeg.offering(GivenLeg.transferring()), new CallInput.AnsweredElsewhere());
        assertThat(offering.state()).isInstanceOf(LegState.Withdrawn.class);
    }

    @Test
    void anAnswerThatComesSecondIsAcknowledgedAndEnded() {
        var beaten = new LegInput.Beaten("gw:5060", GivenLeg.DIALOG, GivenLeg.ack("theirs"));
        Seen seen = Seen.of(GivenLeg.calling(GivenLeg.transferring()), beaten);
        assertThat(seen.does(Effect.Acknowledge.class)).isTrue();
        assertThat(seen.sent().method()).isEqualTo("BYE");
        assertThat(seen.state()).isInstanceOf(CallState.Ended.class);
        assertThat(seen.published().getLast()).isInstanceOfSatisfying(CallEnded.class, ended -> {
            assertThat(ended.reason()).isEqualTo(EndReason.ANSWERED_ELSEWHERE);
            assertThat(ended.answered()).isFalse();
        });
        for (CallState state : List.of(GivenLeg.leaving(GivenLeg.transferring()), Given.ended())) {
            Seen late = Seen.of(state, beaten);
            assertThat(late.does(Effect.Acknowledge.class)).isTrue();
            assertThat(late.sent().method()).isEqualTo("BYE");
            assertThat(late.published()).isEmpty();
        }
    }

    @Test
    void aCallThatIsToLeaveAMessageRingsOnUntilTheRelayAsksForTheAnswer() {
        Seen waiting = Seen.of(Given.taken(AnswerPolicy.ON_AGENT), unavailable(step(FallbackKind.VOICEMAIL, "leave-a-message", 0)));
        assertThat(waiting.statuses(Transaction.INVITE)).isEmpty();
        assertThat(waiting.does(Effect.PublishAnswered.class)).isFalse();

        CallInput asked = Given.told(new AnswerCall(Given.CALL, "media-relay", "The caller is to leave a message."));
        Seen answered = Seen.of(waiting.state(), asked);
        assertThat(answered.statuses(Transaction.INVITE)).containsExactly(200);
        assertThat(answered.does(Effect.PublishAnswered.class)).isTrue();
        assertThat(answered.stopped()).as("nobody is there for the caller").doesNotContain(CallTimer.PATIENCE);
    }

    @Test
    void theAnswerThatIsAskedForOfACallThatIsUpChangesNothing() {
        Seen seen = Seen.of(Given.up(), Given.told(new AnswerCall(Given.CALL, "media-relay", "The caller is to leave a message.")));
        assertThat(seen.state()).isEqualTo(Given.up());
        assertThat(seen.statuses(Transaction.INVITE)).isEmpty();
    }
}
