package dev.trunkline.edge.call;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trunkline.edge.call.CallState.Ended;
import dev.trunkline.edge.call.CallState.Up;
import dev.trunkline.edge.call.LegState.Calling;
import dev.trunkline.edge.call.LegState.Leaving;
import dev.trunkline.edge.call.LegState.Offering;
import dev.trunkline.edge.call.LegState.Withdrawn;
import dev.trunkline.edge.refresh.Refresher;
import dev.trunkline.edge.refresh.TimerHeaders;
import dev.trunkline.events.CallEnded;
import dev.trunkline.events.CallEvent;
import dev.trunkline.events.CallRejected;
import dev.trunkline.events.EndReason;
import dev.trunkline.events.LegFailed;
import dev.trunkline.events.LegRinging;
import dev.trunkline.events.MediaOffered;
import dev.trunkline.events.RefusalReason;
import dev.trunkline.events.TransferFailed;
import dev.trunkline.events.TransferSucceeded;
import dev.trunkline.events.TransferWay;
import dev.trunkline.sip.message.SipRequest;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class OutgoingCallTest {
    private static final LegFacts LEG = GivenLeg.dialled();
    private static final LegFacts TRANSFER = GivenLeg.transferring();

    /** Reasons to give up an unanswered call, and the end reasons that result. */
    static Stream<Object[]> givingUp() {
        return Stream.of(
                new Object[] {Given.expired(CallTimer.RINGING), EndReason.NO_ANSWER},
                new Object[] {Given.endCall(EndReason.REQUESTED), EndReason.REQUESTED},
                new Object[] {new CallInput.PartnerLeft(), EndReason.PARTNER_LEFT},
                new Object[] {new CallInput.RelayLost("relay-1", "the relay ended"), EndReason.RELAY_LOST},
                new Object[] {Given.expired(CallTimer.HEARTBEAT), EndReason.RELAY_LOST},
                new Object[] {new CallInput.Drain(), EndReason.DRAINED});
    }

    private static List<String> kinds(Seen seen) {
        return seen.step().effects().stream().map(effect -> switch (effect) {
            case Effect.Publish said -> said.event().getClass().getSimpleName();
            case Effect.TellParent said -> "parent: " + said.event().getClass().getSimpleName();
            case Effect.Send sent -> sent.request().method();
            default -> effect.getClass().getSimpleName();
        }).filter(kind -> !kind.equals("Start") && !kind.equals("Stop")).toList();
    }

    @Test
    void waitsForTheRelaysOffer() {
        Step step = Given.MACHINE.dial(LEG, "edge-1", Optional.empty());
        assertThat(step.next()).isInstanceOf(Offering.class);
        assertThat(step.effects()).containsExactly(new Effect.Start(CallTimer.MEDIA, Given.TIMES.media()));
    }

    @Test
    void dialsWithTheRelaysOffer() {
        Seen seen = Seen.of(GivenLeg.offering(LEG), Given.mediaReady("relay-1", 0));
        assertThat(seen.state()).isInstanceOf(Calling.class);
        assertThat(seen.state().relay()).contains("relay-1");
        assertThat(seen.each(Effect.Dial.class)).containsExactly(new Effect.Dial(LEG, Given.ANSWER));
        assertThat(seen.each(Effect.Start.class)).contains(new Effect.Start(CallTimer.RINGING, Duration.ofSeconds(30)));
        assertThat(seen.started()).contains(CallTimer.HEARTBEAT);
        assertThat(seen.stopped()).contains(CallTimer.MEDIA);
    }

    @Test
    void itsAdmissionAgainChangesNothing() {
        CallState calling = GivenLeg.calling(LEG);
        Seen seen = Seen.of(calling, new CallInput.Told(LEG.admitted()));
        assertThat(seen.state()).isEqualTo(calling);
        assertThat(seen.step().effects()).isEmpty();
    }

    @Test
    void isRefusedWhereNoRelayLivesWhenAllIsRead() {
        Step step = Given.MACHINE.dial(TRANSFER, "edge-1", Optional.of(RefusalReason.NO_RELAY));
        assertThat(step.next()).isInstanceOf(Withdrawn.class);
        assertThat(step.effects()).anySatisfy(effect -> assertThat(effect).isInstanceOfSatisfying(Effect.TellParent.class, told ->
                assertThat(told.event()).isInstanceOfSatisfying(TransferFailed.class, failed -> {
                    assertThat(failed.callId()).isEqualTo(GivenLeg.PARENT);
                    assertThat(failed.status()).hasValue(503);
                })));
        Seen said = Seen.of(step.next(), Given.expired(CallTimer.SETTLING), new CallInput.ReadToEnd());
        assertThat(said.published(CallRejected.class).reason()).isEqualTo(RefusalReason.NO_RELAY);
        assertThat(said.state()).isInstanceOf(Ended.class);
    }

    @Test
    void anEmergencyCallIsTriedThoughEveryRelaySaysThatItIsFull() {
        Optional<RefusalReason> full = Optional.of(RefusalReason.SUITE_FULL);
        assertThat(Given.MACHINE.dial(LEG, "edge-1", full).next()).isInstanceOf(Withdrawn.class);
        LegFacts emergency = GivenLeg.facts(GivenLeg.emergency());
        assertThat(Given.MACHINE.dial(emergency, "edge-1", full).next()).isInstanceOf(Offering.class);
        assertThat(Given.MACHINE.dial(emergency, "edge-1", Optional.of(RefusalReason.NO_RELAY)).next()).isInstanceOf(Withdrawn.class);
    }

    @Test
    void isRefusedWhereNoRelayTakesIt() {
        Seen seen = Seen.of(GivenLeg.offering(LEG), Given.expired(CallTimer.MEDIA), Given.expired(CallTimer.SETTLING), new CallInput.ReadToEnd());
        assertThat(seen.published(CallRejected.class).reason()).isEqualTo(RefusalReason.NO_RELAY);
    }

    @Test
    void leavesTheLastWordToTheRelayThatHadIt() {
        Seen seen = Seen.of(GivenLeg.offering(LEG), Given.expired(CallTimer.MEDIA), Given.rejected(RefusalReason.LIVEKIT_UNAVAILABLE));
        assertThat(seen.state()).isInstanceOf(Ended.class);
        assertThat(seen.published()).isEmpty();
    }

    @Test
    void saysAtOnceWhyItWasWithdrawnWhenARelayTookIt() {
        Seen seen = Seen.of(GivenLeg.offering(LEG), Given.endCall(EndReason.REQUESTED), Given.mediaReady("relay-1", 0));
        assertThat(seen.published(CallEnded.class).reason()).isEqualTo(EndReason.REQUESTED);
        assertThat(seen.does(Effect.Dial.class)).isFalse();
    }

    @Test
    void aRelayThatRefusesItEndsItAndItsTransfer() {
        Seen seen = Seen.of(GivenLeg.offering(TRANSFER), Given.rejected(RefusalReason.LIVEKIT_UNAVAILABLE));
        assertThat(seen.state()).isInstanceOf(Ended.class);
        assertThat(kinds(seen)).containsExactly("parent: TransferFailed", "Release");
    }

    @Test
    void tellsOfRingingWhenItChanges() {
        Seen first = Seen.of(GivenLeg.calling(LEG), GivenLeg.rings(180, Optional.empty()));
        assertThat(first.published()).containsExactly(new LegRinging(Given.CALL, Optional.empty(), "gw:5060", 180, false));
        Seen again = Seen.of(first.state(), GivenLeg.rings(180, Optional.empty()));
        assertThat(again.published()).isEmpty();
        Seen early = Seen.of(again.state(), GivenLeg.rings(183, Optional.of(GivenLeg.ANSWER)));
        assertThat(early.published()).containsExactly(
                new LegRinging(Given.CALL, Optional.empty(), "gw:5060", 183, true),
                MediaOffered.answering(Given.CALL, 0, GivenLeg.ANSWER));
        Seen another = Seen.of(early.state(), GivenLeg.rings(183, Optional.of("another early dialog")));
        assertThat(another.published()).as("one answer is told before the 2xx").isEmpty();
    }

    @Test
    void sayingTryingIsNoRinging() {
        assertThat(Seen.of(GivenLeg.calling(LEG), GivenLeg.rings(100, Optional.empty())).step().effects()).isEmpty();
    }

    @Test
    void aNarrowedOfferIsWhatARefreshWouldOffer() {
        CallState narrowed = Seen.of(GivenLeg.calling(LEG), Given.told(new dev.trunkline.events.MediaReady(
                Given.CALL, "relay-1", "room", "PA_1", "narrowed", "PCMU", 0))).state();
        CallState up = Seen.of(narrowed, GivenLeg.accepted(Optional.of(GivenLeg.ANSWER))).state();
        assertThat(((Up) up).session().answer()).isEqualTo("narrowed");
    }

    @Test
    void isUpWhenItIsAnswered() {
        Seen seen = Seen.of(GivenLeg.calling(LEG), GivenLeg.accepted(Optional.of(GivenLeg.ANSWER)));
        assertThat(kinds(seen)).containsExactly("Acknowledge", "MediaOffered", "PublishAnswered");
        assertThat(seen.each(Effect.Acknowledge.class)).containsExactly(new Effect.Acknowledge(GivenLeg.ack("theirs")));
        assertThat(seen.stopped()).contains(CallTimer.RINGING);
        Session session = ((Up) seen.state()).session();
        assertThat(session.dialog().key()).isEqualTo(GivenLeg.DIALOG.key());
        assertThat(session.answer()).isEqualTo(Given.ANSWER);
        assertThat(session.leg()).contains(LEG.leg());
    }

    @Test
    void anAnswerThatTheRelayKnowsIsNotToldAgain() {
        CallState early = Seen.of(GivenLeg.calling(LEG), GivenLeg.rings(183, Optional.of(GivenLeg.ANSWER))).state();
        assertThat(kinds(Seen.of(early, GivenLeg.accepted(Optional.of(GivenLeg.ANSWER))))).containsExactly("Acknowledge", "PublishAnswered");
        assertThat(kinds(Seen.of(early, GivenLeg.accepted(Optional.empty())))).containsExactly("Acknowledge", "PublishAnswered");
        assertThat(kinds(Seen.of(early, GivenLeg.accepted(Optional.of("another"))))).contains("MediaOffered");
    }

    @Test
    void anAnswerWithoutADescriptionIsNone() {
        Seen seen = Seen.of(GivenLeg.calling(LEG), GivenLeg.accepted(Optional.empty()));
        assertThat(kinds(seen)).containsExactly("Acknowledge", "BYE", "LegFailed", "CallEnded", "Release");
        assertThat(seen.state()).isInstanceOf(Ended.class);
    }

    @Test
    void aTransferSucceedsRightAfterTheAnswer() {
        Seen seen = Seen.of(GivenLeg.calling(TRANSFER), GivenLeg.accepted(Optional.of(GivenLeg.ANSWER)));
        assertThat(kinds(seen)).containsExactly("Acknowledge", "MediaOffered", "PublishAnswered", "parent: TransferSucceeded");
        assertThat(seen.each(Effect.TellParent.class).map(Effect.TellParent::event)).containsExactly(new TransferSucceeded(
                GivenLeg.PARENT, "transfer-1", TransferWay.BRIDGE, Optional.of(Given.CALL), false));
        assertThat(seen.each(Effect.Start.class)).contains(new Effect.Start(CallTimer.LONGEST, Duration.ofSeconds(60)));
    }

    @ParameterizedTest
    @CsvSource({
        "486, CALLEE_BUSY", "600, CALLEE_BUSY", "603, CALLEE_DECLINED", "408, NO_ANSWER", "480, NO_ANSWER", "487, NO_ANSWER",
        "404, CALLEE_UNREACHABLE", "484, CALLEE_UNREACHABLE", "403, CALLEE_UNREACHABLE", "401, CALLEE_UNREACHABLE",
        "488, CALLEE_UNREACHABLE", "500, CALLEE_UNREACHABLE", "503, CALLEE_UNREACHABLE", "302, CALLEE_UNREACHABLE"
    })
    void aRefusalEndsItWithItsReason(int status, EndReason reason) {
        Seen seen = Seen.of(GivenLeg.calling(LEG), GivenLeg.failed(status));
        assertThat(seen.state()).isInstanceOf(Ended.class);
        assertThat(kinds(seen)).containsExactly("LegFailed", "CallEnded", "Release");
        LegFailed failed = seen.published(LegFailed.class);
        assertThat(failed.status()).isEqualTo(status);
        assertThat(failed.gateway()).isEqualTo("gw:5060");
        var ended = (CallEnded) seen.published().getLast();
        assertThat(ended.reason()).isEqualTo(reason);
        assertThat(ended.answered()).isFalse();
    }

    @Test
    void aTransferFailsBeforeTheLastEvent() {
        Seen seen = Seen.of(GivenLeg.calling(TRANSFER), GivenLeg.failed(486));
        assertThat(kinds(seen)).containsExactly("LegFailed", "parent: TransferFailed", "CallEnded", "Release");
        CallEvent told = seen.each(Effect.TellParent.class).findFirst().orElseThrow().event();
        assertThat(((TransferFailed) told).status()).hasValue(486);
        assertThat(((TransferFailed) told).leg()).contains(Given.CALL);
    }

    @ParameterizedTest
    @MethodSource("givingUp")
    void isCancelledWhenTheSuiteGivesUp(CallInput why, EndReason reason) {
        Seen seen = Seen.of(GivenLeg.calling(TRANSFER), why);
        assertThat(seen.state()).isInstanceOf(Leaving.class);
        assertThat(kinds(seen)).containsExactly("CancelDial", "LegFailed", "parent: TransferFailed", "CallEnded");
        assertThat(seen.published(LegFailed.class).status()).isEqualTo(487);
        assertThat(((CallEnded) seen.published().getLast()).reason()).isEqualTo(reason);
        assertThat(seen.started()).contains(CallTimer.LEAVING);
    }

    @Test
    void aRelayOfAnotherCallMayGo() {
        CallState calling = GivenLeg.calling(LEG);
        assertThat(Seen.of(calling, new CallInput.RelayLost("relay-2", "gone")).state()).isEqualTo(calling);
    }

    @Test
    void isCancelledWithoutALastEventOfOursWhereAnotherSaidIt() {
        Seen seen = Seen.of(GivenLeg.calling(TRANSFER), Given.endedBy("rate-limiter", EndReason.EDGE_LOST));
        assertThat(seen.state()).isInstanceOf(Leaving.class);
        assertThat(kinds(seen)).containsExactly("CancelDial", "parent: TransferFailed");
    }

    @Test
    void itsCancelIsAnsweredAndItIsOver() {
        Seen seen = Seen.of(GivenLeg.leaving(LEG), GivenLeg.failed(487));
        assertThat(seen.state()).isInstanceOf(Ended.class);
        assertThat(kinds(seen)).containsExactly("Release");
    }

    @Test
    void anAnswerThatCrossesTheCancelIsAcknowledgedAndEnded() {
        Seen seen = Seen.of(GivenLeg.leaving(LEG), GivenLeg.accepted(Optional.of(GivenLeg.ANSWER)));
        assertThat(seen.state()).isInstanceOf(Ended.class);
        assertThat(kinds(seen)).containsExactly("Acknowledge", "BYE", "Release");
    }

    @Test
    void aCancelThatNobodyAnswersIsOverAfterAWhile() {
        assertThat(Seen.of(GivenLeg.leaving(LEG), Given.expired(CallTimer.LEAVING)).state()).isInstanceOf(Ended.class);
    }

    @Test
    void anAnswerAfterTheEndIsAcknowledgedAndEnded() {
        Seen seen = Seen.of(new Ended(), GivenLeg.accepted(Optional.of(GivenLeg.ANSWER)));
        assertThat(kinds(seen)).containsExactly("Acknowledge", "BYE");
    }

    static Stream<CallState> all() {
        return Stream.of(GivenLeg.calling(LEG), GivenLeg.up(LEG), GivenLeg.leaving(LEG), new Ended());
    }

    @ParameterizedTest
    @MethodSource("all")
    void anotherPhonesAnswerIsAcknowledgedAndEndedInEachState(CallState state) {
        Seen seen = Seen.of(state, GivenLeg.forked());
        assertThat(seen.state()).isEqualTo(state);
        assertThat(kinds(seen)).containsExactly("Acknowledge", "BYE");
        assertThat(seen.sent().method()).isEqualTo(SipRequest.BYE);
    }

    @Test
    void whoeverWasCalledHangsUp() {
        Seen seen = Seen.of(GivenLeg.up(LEG), new CallInput.Bye(0));
        assertThat(seen.statuses(Effect.Transaction.REQUEST)).containsExactly(200);
        assertThat(seen.published(CallEnded.class).reason()).isEqualTo(EndReason.CALLEE_HUNG_UP);
    }

    @Test
    void lastsNoLongerThanItMay() {
        Seen seen = Seen.of(GivenLeg.up(TRANSFER), Given.expired(CallTimer.LONGEST));
        assertThat(seen.sent().method()).isEqualTo(SipRequest.BYE);
        assertThat(seen.published(CallEnded.class).reason()).isEqualTo(EndReason.TOO_LONG);
    }

    @Test
    void endsWithItsPartner() {
        Seen seen = Seen.of(GivenLeg.up(TRANSFER), new CallInput.PartnerLeft());
        assertThat(seen.sent().method()).isEqualTo(SipRequest.BYE);
        assertThat(seen.published(CallEnded.class).reason()).isEqualTo(EndReason.PARTNER_LEFT);
    }

    @Test
    void agentsThatLeaveTheRoomEndNoCallOut() {
        CallState up = GivenLeg.up(LEG);
        assertThat(Seen.of(up, Given.agentLeft(true, true)).step().effects()).isEmpty();
    }

    @Test
    void whoWasCalledMayOfferAnew() {
        Seen seen = Seen.of(GivenLeg.up(LEG), Given.reinvite(0, "v=0\r\nm=audio 6002 RTP/AVP 0\r\n"));
        assertThat(seen.state()).isInstanceOf(CallState.ReinvitePending.class);
        assertThat(seen.offered().revision()).isEqualTo(1);
    }

    @Test
    void refreshesTheSessionWhereTheAnswerSaysSo() {
        var timer = new TimerHeaders(OptionalInt.of(600), Optional.of(Refresher.UAC), OptionalInt.empty(), true);
        Seen ours = Seen.of(GivenLeg.calling(LEG), GivenLeg.accepted(Optional.of(GivenLeg.ANSWER), timer));
        assertThat(ours.each(Effect.Start.class)).contains(new Effect.Start(CallTimer.REFRESH, Duration.ofSeconds(300)));
        var theirs = new TimerHeaders(OptionalInt.of(600), Optional.of(Refresher.UAS), OptionalInt.empty(), true);
        assertThat(Seen.of(GivenLeg.calling(LEG), GivenLeg.accepted(Optional.of(GivenLeg.ANSWER), theirs)).started())
                .contains(CallTimer.SESSION).doesNotContain(CallTimer.REFRESH);
    }

    @Test
    void whoKnowsNoSessionTimersIsAskedWhetherItIsThere() {
        Session session = ((Up) GivenLeg.up(LEG)).session();
        assertThat(session.dialog().timer()).hasValueSatisfying(timer -> {
            assertThat(timer.seconds()).isEqualTo(1800);
            assertThat(timer.ours() && timer.probing()).isTrue();
        });
    }

    @ParameterizedTest
    @MethodSource("all")
    void aFaultOfThisProcessEndsItWhereverItIs(CallState state) {
        Step step = Given.MACHINE.giveUp(state);
        assertThat(step.next()).isInstanceOf(Ended.class);
        assertThat(step.effects().getLast()).isInstanceOf(Effect.Release.class);
    }
}
