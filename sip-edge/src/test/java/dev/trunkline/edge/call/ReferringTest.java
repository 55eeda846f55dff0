package dev.trunkline.edge.call;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trunkline.edge.call.CallInput.Notify;
import dev.trunkline.edge.call.CallState.Ended;
import dev.trunkline.edge.call.CallState.Up;
import dev.trunkline.events.CallEnded;
import dev.trunkline.events.EndReason;
import dev.trunkline.events.TransferFailed;
import dev.trunkline.events.TransferSucceeded;
import dev.trunkline.events.TransferWay;
import dev.trunkline.sip.message.OutgoingRequest;
import dev.trunkline.sip.message.SipHeader;
import dev.trunkline.sip.message.SipResponse;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ReferringTest {
    private static final CallInput WANTED =
            new CallInput.Refer("transfer-1", "sip:desk@pbx.example", List.of(new SipHeader("X-Order", "17")));

    private static CallState referred() {
        return Seen.of(Given.up(), WANTED).state();
    }

    private static OutgoingRequest refer() {
        return Seen.of(Given.up(), WANTED).asked();
    }

    private static CallInput answer(int status) {
        return new CallInput.Answer(refer(), SipResponse.missing(refer(), status));
    }

    private static TransferFailed failed(Seen seen) {
        return seen.published(TransferFailed.class);
    }

    @Test
    void asksTheCallersSide() {
        Seen seen = Seen.of(Given.up(), WANTED);
        OutgoingRequest refer = seen.asked();
        assertThat(refer.method()).isEqualTo("REFER");
        assertThat(refer.contact()).isTrue();
        assertThat(refer.headers()).contains(
                new SipHeader("Refer-To", "<sip:desk@pbx.example>"), new SipHeader("Referred-By", "<sip:us@edge>"), new SipHeader("X-Order", "17"));
        assertThat(seen.started()).containsExactly(CallTimer.REFERRAL);
        assertThat(((Up) seen.state()).session().dialog().localCseq()).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(ints = {405, 501, 603, 408, 403})
    void aRefusalFailsTheTransferAndTheCallGoesOn(int status) {
        Seen seen = Seen.of(referred(), answer(status));
        assertThat(failed(seen).status()).hasValue(status);
        assertThat(failed(seen).way()).contains(TransferWay.REFER);
        assertThat(seen.stopped()).containsExactly(CallTimer.REFERRAL);
        assertThat(((Up) seen.state()).session().referral()).isEmpty();
    }

    @Test
    void takingItSaysNothingYet() {
        Seen seen = Seen.of(referred(), answer(202));
        assertThat(seen.published()).isEmpty();
        assertThat(((Up) seen.state()).session().referral()).isPresent();
    }

    @Test
    void aNotifyOfSuccessEndsTheCall() {
        Seen seen = Seen.of(referred(), new Notify(8, OptionalInt.of(200), true));
        assertThat(seen.published()).hasSize(2);
        assertThat(seen.published(TransferSucceeded.class)).isEqualTo(
                new TransferSucceeded(Given.CALL, "transfer-1", TransferWay.REFER, Optional.empty(), false));
        assertThat(((CallEnded) seen.published().getLast()).reason()).isEqualTo(EndReason.TRANSFERRED);
        assertThat(seen.sent().method()).isEqualTo("BYE");
        assertThat(seen.statuses(Effect.Transaction.REQUEST)).containsExactly(200);
        assertThat(seen.state()).isInstanceOf(Ended.class);
    }

    @Test
    void whatIsOnItsWayIsWaitedFor() {
        Seen seen = Seen.of(referred(), new Notify(8, OptionalInt.of(180), false));
        assertThat(seen.published()).isEmpty();
        assertThat(seen.started()).containsExactly(CallTimer.REFERRAL);
        assertThat(seen.statuses(Effect.Transaction.REQUEST)).containsExactly(200);
    }

    @ParameterizedTest
    @CsvSource({"486, true, 486", "503, false, 503", "302, true, 302", "0, true, 480"})
    void aNotifyOfFailureFailsTheTransfer(int status, boolean terminated, int told) {
        Seen seen = Seen.of(referred(), new Notify(8, status == 0 ? OptionalInt.empty() : OptionalInt.of(status), terminated));
        assertThat(failed(seen).status()).hasValue(told);
        assertThat(seen.state()).isInstanceOf(Up.class);
        assertThat(seen.does(Effect.Send.class)).isFalse();
    }

    @Test
    void silenceFailsIt() {
        assertThat(failed(Seen.of(referred(), Given.expired(CallTimer.REFERRAL))).status()).hasValue(408);
    }

    @Test
    void aNotifyThatNobodyWaitsForIsAnswered() {
        Seen seen = Seen.of(Given.up(), new Notify(8, OptionalInt.of(200), true));
        assertThat(seen.statuses(Effect.Transaction.REQUEST)).containsExactly(200);
        assertThat(seen.published()).isEmpty();
        assertThat(seen.state()).isInstanceOf(Up.class);
    }

    @Test
    void aNotifyOutOfOrderIsNotBelieved() {
        Seen seen = Seen.of(referred(), new Notify(7, OptionalInt.of(200), true));
        assertThat(seen.statuses(Effect.Transaction.REQUEST)).containsExactly(500);
        assertThat(seen.state()).isInstanceOf(Up.class);
    }

    @Test
    void whoHangsUpMeanwhileHasHungUp() {
        Seen seen = Seen.of(referred(), new CallInput.Bye(8));
        assertThat(seen.published()).singleElement().isInstanceOfSatisfying(CallEnded.class, ended ->
                assertThat(ended.reason()).isEqualTo(EndReason.CALLER_HUNG_UP));
    }

    private static Seen takenUp() {
        return new Seen(Given.MACHINE.resume(((Up) Given.up()).session().underReferral(Optional.of("transfer-1"))));
    }

    @Test
    void oneOfAnEarlierProcessIsWaitedForOnceMore() {
        assertThat(takenUp().each(Effect.Start.class)).contains(new Effect.Start(CallTimer.REFERRAL, Referring.SILENCE));
        assertThat(failed(Seen.of(takenUp().state(), Given.expired(CallTimer.REFERRAL))).transfer()).isEqualTo("transfer-1");
        Seen done = Seen.of(takenUp().state(), new Notify(8, OptionalInt.of(200), true));
        assertThat(done.published().getFirst()).isInstanceOf(TransferSucceeded.class);
        assertThat(new Seen(Given.MACHINE.resume(((Up) Given.up()).session())).started()).doesNotContain(CallTimer.REFERRAL);
    }

    @Test
    void oneAtATime() {
        Seen seen = Seen.of(referred(), new CallInput.Refer("transfer-2", "sip:other@pbx.example"));
        assertThat(failed(seen).transfer()).isEqualTo("transfer-2");
        assertThat(((Up) seen.state()).session().referral().orElseThrow().transfer()).isEqualTo("transfer-1");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "+3225550111", "http://x", "sip:a>b"})
    void whatIsNoAddressFails(String target) {
        Seen seen = Seen.of(Given.up(), new CallInput.Refer("transfer-1", target));
        assertThat(failed(seen).status()).hasValue(404);
        assertThat(seen.does(Effect.Ask.class)).isFalse();
    }

    @ParameterizedTest
    @CsvSource({"SIP/2.0 200 OK, 200", "sip/2.0 486, 486", "SIP/2.0 100, 100"})
    void readsTheStatusLineOfAFragment(String body, int status) {
        assertThat(SipFragment.status(body)).hasValue(status);
        assertThat(SipFragment.status(body + "\r\nTo: x\r\n")).hasValue(status);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "SIP/2.0", "SIP/2.0 ", "SIP/2.0 20", "SIP/2.0 2000 OK", "SIP/2.0 099 X", "SIP/2.0 700 X", "SIP/2.0 2x0 OK", "INVITE sip:x SIP/2.0"})
    void whatBeginsWithNoneHasNone(String body) {
        assertThat(SipFragment.status(body)).isEmpty();
    }
}
