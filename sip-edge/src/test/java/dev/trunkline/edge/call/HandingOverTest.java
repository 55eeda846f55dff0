package dev.trunkline.edge.call;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trunkline.edge.call.CallInput.HandOverTold;
import dev.trunkline.edge.call.CallState.Ended;
import dev.trunkline.edge.call.CallState.Up;
import dev.trunkline.edge.call.Effect.Transaction;
import dev.trunkline.events.AnswerPolicy;
import dev.trunkline.events.CallEnded;
import dev.trunkline.events.CallId;
import dev.trunkline.events.EndReason;
import dev.trunkline.events.TraceStep;
import dev.trunkline.events.TransferFailed;
import dev.trunkline.events.TransferStarted;
import dev.trunkline.events.TransferSucceeded;
import dev.trunkline.events.TransferWay;
import dev.trunkline.sip.message.OutgoingRequest;
import dev.trunkline.sip.message.SipHeader;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A phone transfers the party that it talks to. */
class HandingOverTest {
    private static final CallId LEG = CallId.of("01900000-0000-7000-8000-000000000002");

    private static CallInput refer(long cseq) {
        return new CallInput.HandOver(cseq, new ReferTo.Target("sip:201@pbx", Optional.empty(), Optional.empty()));
    }

    private static String transfer() {
        return Seen.of(Given.up(), refer(8)).each(Effect.AskToHandOver.class).findFirst().orElseThrow().transfer();
    }

    private static CallInput started() {
        return new HandOverTold(new TransferStarted(
                Given.CALL, transfer(), TransferWay.BRIDGE, Optional.of(LEG), Optional.empty(), Optional.empty(), List.of()));
    }

    private static CallInput succeeded() {
        return new HandOverTold(new TransferSucceeded(Given.CALL, transfer(), TransferWay.BRIDGE, Optional.of(LEG), true));
    }

    private static CallInput failed(OptionalInt status, String step) {
        List<TraceStep> trace = step.isEmpty() ? List.of() : List.of(new TraceStep(step, "Why."));
        return new HandOverTold(new TransferFailed(
                Given.CALL, transfer(), Optional.of(TransferWay.BRIDGE), Optional.of(LEG), status, "Nobody came.", trace));
    }

    private static CallState asked() {
        return Seen.of(Given.up(), refer(8)).state();
    }

    private static CallState underWay() {
        return Seen.of(asked(), started()).state();
    }

    private static OutgoingRequest notify(Seen seen) {
        return seen.each(Effect.Send.class).map(Effect.Send::request).filter(sent -> sent.method().equals("NOTIFY")).findFirst().orElseThrow();
    }

    @Test
    void theSuiteIsAskedAndThePhoneWaits() {
        Seen seen = Seen.of(Given.up(), refer(8));
        Effect.AskToHandOver wish = seen.each(Effect.AskToHandOver.class).findFirst().orElseThrow();
        assertThat(wish.to()).as("the number alone, of the phone's own side").isEqualTo("201");
        assertThat(seen.started()).containsExactly(CallTimer.HAND_OVER);
        assertThat(seen.does(Effect.Respond.class)).isFalse();
    }

    @Test
    void whatTheRouterLetsBeTriedIsAcceptedAndToldAsTrying() {
        Seen seen = Seen.of(asked(), started());
        assertThat(seen.statuses(Transaction.REFER)).containsExactly(202);
        OutgoingRequest notify = notify(seen);
        assertThat(notify.sdp()).contains("SIP/2.0 100 Trying\r\n");
        assertThat(notify.contact()).isTrue();
        assertThat(notify.headers()).contains(
                new SipHeader("Event", "refer"), new SipHeader("Subscription-State", "active;expires=300"),
                new SipHeader("Content-Type", "message/sipfrag;version=2.0"));
        assertThat(((Up) seen.state()).session().dialog().localCseq()).isEqualTo(1);
    }

    @ParameterizedTest
    @CsvSource({"destination-forbidden, 403", "destination-invalid, 404", "no-outbound-trunk, 404", "'', 480"})
    void whatTheRouterRefusesIsRefusedAtOnce(String step, int status) {
        Seen seen = Seen.of(asked(), failed(OptionalInt.empty(), step));
        assertThat(seen.statuses(Transaction.REFER)).containsExactly(status);
        assertThat(seen.does(Effect.Send.class)).isFalse();
        assertThat(seen.state()).isInstanceOf(Up.class);
    }

    @Test
    void whenTheTargetAnswersThePhoneIsToldAndItsCallEnds() {
        Seen seen = Seen.of(underWay(), succeeded());
        assertThat(notify(seen).sdp()).contains("SIP/2.0 200 OK\r\n");
        assertThat(notify(seen).cseq()).isEqualTo(2);
        assertThat(seen.each(Effect.Send.class).map(sent -> sent.request().method())).containsExactly("NOTIFY", "BYE");
        assertThat(seen.each(Effect.Send.class).toList().getLast().request().cseq()).isEqualTo(3);
        assertThat(seen.published(CallEnded.class).reason()).isEqualTo(EndReason.TRANSFERRED);
        assertThat(seen.each(Effect.LetLegGo.class)).containsExactly(new Effect.LetLegGo(LEG));
        assertThat(seen.state()).isInstanceOf(Ended.class);
    }

    @Test
    void aLegWhosePhoneHandsItsCallerOnLeavesTheNextLegToTheCaller() {
        CallState leg = GivenLeg.up(GivenLeg.transferring());
        Seen refer = Seen.of(leg, new CallInput.HandOver(1, new ReferTo.Target("tel:+32", Optional.empty(), Optional.empty())));
        String id = refer.each(Effect.AskToHandOver.class).findFirst().orElseThrow().transfer();
        Seen seen = Seen.of(
                refer.state(), new HandOverTold(new TransferStarted(GivenLeg.PARENT, id, TransferWay.BRIDGE, Optional.of(LEG), Optional.empty(), Optional.empty(), List.of())),
                new HandOverTold(new TransferSucceeded(GivenLeg.PARENT, id, TransferWay.BRIDGE, Optional.of(LEG), false)));
        assertThat(seen.does(Effect.LetLegGo.class)).isFalse();
        assertThat(seen.published(CallEnded.class).reason()).isEqualTo(EndReason.TRANSFERRED);
    }

    @ParameterizedTest
    @CsvSource({"486, 486", "0, 480"})
    void whenTheTargetDoesNotComeThePhoneIsToldAndTheCallGoesOn(int status, int told) {
        Seen seen = Seen.of(underWay(), failed(status == 0 ? OptionalInt.empty() : OptionalInt.of(status), ""));
        assertThat(notify(seen).sdp().orElseThrow()).startsWith("SIP/2.0 " + told + " ");
        assertThat(notify(seen).headers()).contains(new SipHeader("Subscription-State", "terminated;reason=noresource"));
        assertThat(seen.stopped()).containsExactly(CallTimer.HAND_OVER);
        assertThat(seen.state()).isInstanceOf(Up.class);
    }

    @Test
    void aSecondReferIsToldWithItsIdAndOnlyOnceTheFirstIsOver() {
        assertThat(Seen.of(underWay(), refer(9)).statuses(Transaction.REQUEST)).containsExactly(491);
        Seen second = Seen.of(underWay(), failed(OptionalInt.of(486), ""), refer(9));
        String id = second.each(Effect.AskToHandOver.class).findFirst().orElseThrow().transfer();
        Seen told = Seen.of(second.state(), new HandOverTold(new TransferStarted(
                Given.CALL, id, TransferWay.BRIDGE, Optional.of(LEG), Optional.empty(), Optional.empty(), List.of())));
        assertThat(notify(told).headers()).contains(new SipHeader("Event", "refer;id=9"));
    }

    @Test
    void aPhoneThatHangsUpMeanwhileKeepsItsCallUntilTheTargetAnswers() {
        Seen left = Seen.of(underWay(), new CallInput.Bye(9));
        assertThat(left.statuses(Transaction.REQUEST)).containsExactly(200);
        assertThat(left.published()).isEmpty();
        assertThat(left.state()).isInstanceOf(Up.class);
        assertThat(Seen.of(left.state(), new CallInput.Bye(10)).statuses(Transaction.REQUEST)).containsExactly(481);
        assertThat(Seen.of(left.state(), Given.reinvite(10, Given.OFFER)).statuses(Transaction.REQUEST)).containsExactly(481);

        Seen seen = Seen.of(left.state(), succeeded());
        assertThat(seen.does(Effect.Send.class)).isFalse();
        assertThat(seen.published(CallEnded.class).reason()).isEqualTo(EndReason.TRANSFERRED);
        assertThat(seen.does(Effect.LetLegGo.class)).isTrue();
        assertThat(seen.state()).isInstanceOf(Ended.class);
    }

    @Test
    void aPhoneThatHasHungUpHasDoneSoWhenTheTargetDoesNotCome() {
        Seen seen = Seen.of(underWay(), new CallInput.Bye(9), failed(OptionalInt.of(486), ""));
        assertThat(seen.published(CallEnded.class).reason()).isEqualTo(EndReason.CALLER_HUNG_UP);
        assertThat(seen.does(Effect.Send.class)).isFalse();
        assertThat(seen.state()).isInstanceOf(Ended.class);
    }

    @Test
    void whoeverEndsTheCallOfAPhoneThatIsGoneSendsNothing() {
        Seen seen = Seen.of(underWay(), new CallInput.Bye(9), Given.endCall(EndReason.ROOM_CLOSED));
        assertThat(seen.does(Effect.Send.class)).isFalse();
        assertThat(seen.published(CallEnded.class).reason()).isEqualTo(EndReason.ROOM_CLOSED);
    }

    @Test
    void aReferWithoutAnAnswerGetsOneWhenTheCallEnds() {
        Seen seen = Seen.of(asked(), Given.endCall(EndReason.ROOM_CLOSED));
        assertThat(seen.statuses(Transaction.REFER)).containsExactly(480);
        assertThat(seen.sent().method()).isEqualTo("BYE");
    }

    @Test
    void silenceBeforeTheDecisionRefusesItAndAfterItIsTold() {
        assertThat(Seen.of(asked(), Given.expired(CallTimer.HAND_OVER)).statuses(Transaction.REFER)).containsExactly(480);
        assertThat(notify(Seen.of(underWay(), Given.expired(CallTimer.HAND_OVER))).sdp().orElseThrow()).startsWith("SIP/2.0 408 ");
    }

    @Test
    void whatBecomesOfAnotherTransferIsNotTold() {
        CallInput other = new HandOverTold(new TransferSucceeded(Given.CALL, "another", TransferWay.BRIDGE, Optional.of(LEG), true));
        assertThat(Seen.of(underWay(), other).step().effects()).isEmpty();
        assertThat(Seen.of(Given.up(), other).step().effects()).isEmpty();
    }

    @Test
    void whatCannotBeReadIsRefused() {
        Seen seen = Seen.of(Given.up(), new CallInput.HandOver(8, new ReferTo.Malformed("exactly one Refer-To is required")));
        assertThat(seen.statuses(Transaction.REQUEST)).containsExactly(400);
        assertThat(seen.header(Transaction.REQUEST, "Reason")).contains("exactly one Refer-To is required");
    }

    @Test
    void aCallThatIsNotAnsweredHasNobodyToHandOver() {
        assertThat(Seen.of(Given.ringing(AnswerPolicy.ON_AGENT), refer(8)).statuses(Transaction.REQUEST)).containsExactly(480);
    }
}
