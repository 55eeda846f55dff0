package dev.trunkline.edge.call;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trunkline.edge.Requests;
import dev.trunkline.edge.call.Effect.Transaction;
import dev.trunkline.edge.dialog.Dialog;
import dev.trunkline.edge.refresh.Refresher;
import dev.trunkline.edge.refresh.SessionTimer;
import dev.trunkline.edge.refresh.TimerHeaders;
import dev.trunkline.events.AnswerPolicy;
import dev.trunkline.events.CallEnded;
import dev.trunkline.events.EndReason;
import dev.trunkline.events.Envelope;
import dev.trunkline.sip.message.OutgoingRequest;
import dev.trunkline.sip.message.SipHeader;
import dev.trunkline.sip.net.SipTransportKind;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RefreshingTest {
    private static final String HOLD = "v=0\r\nm=audio 4000 RTP/AVP 0\r\na=sendonly\r\n";
    private static final SessionTimer OURS = new SessionTimer(300, 90, true);
    private static final SessionTimer THEIRS = new SessionTimer(300, 90, false);

    private static CallState up(SessionTimer timer, String... methods) {
        var dialog = new Dialog("id@host", Given.TAG, "remotetag", "sip:us@edge", "sip:them@pbx", "sip:them@192.0.2.1",
                List.of(), 3, 7, SipTransportKind.UDP, "192.0.2.1", 5060, Optional.of(timer), List.of(methods));
        return new CallState.Up(new Session(Given.CALL, Envelope.Owners.edge("edge-1").withRelay("relay-1"), dialog,
                Given.OFFER, Given.ANSWER, 0));
    }

    /** Returns a call whose refresh has not been answered yet. */
    private static CallState waiting(String... methods) {
        return Seen.of(up(OURS, methods), Given.expired(CallTimer.REFRESH)).state();
    }

    private static CallInput answered(CallState state, int status, String... headers) {
        var refresh = ((CallState.Up) state).session().refresh().orElseThrow();
        OutgoingRequest request = ((CallState.Up) state).session().dialog().request(refresh.method(), List.of());
        var asked = new OutgoingRequest(request.method(), request.requestUri(), List.of(), request.callId(), "", "", "",
                "", refresh.cseq(), List.of(), Optional.empty(), true, SipTransportKind.UDP, Optional.empty());
        var values = new java.util.HashMap<String, List<String>>();
        for (int i = 0; i < headers.length; i += 2) {
            values.put(headers[i], List.of(headers[i + 1]));
        }
        return new CallInput.Answer(asked, Requests.response(status, asked.method(), asked.cseq(), "id@host", Given.TAG,
                "remotetag", "sip:moved@192.0.2.7", values));
    }

    private static CallInput.Offer refresh(boolean invite, Optional<String> offer, int seconds, Refresher refresher) {
        return new CallInput.Offer(invite, 8, offer, Optional.empty(), new TimerHeaders(
                OptionalInt.of(seconds), Optional.of(refresher), OptionalInt.empty(), true));
    }

    private static Duration after(Seen seen, CallTimer timer) {
        return seen.each(Effect.Start.class)
                .filter(start -> start.timer() == timer)
                .reduce((first, second) -> second)
                .orElseThrow()
                .after();
    }

    @Test
    void anAnsweredCallSaysWhatWasAgreed() {
        var asked = new TimerHeaders(OptionalInt.of(600), Optional.of(Refresher.UAC), OptionalInt.empty(), true);
        CallState ringing = Given.MACHINE
                .on(Given.MACHINE.begin(new CallFacts(Given.INVITE, Given.DIALOG, 7, asked, false)).next(),
                        Given.admitted(AnswerPolicy.IMMEDIATE))
                .next();
        Seen seen = Seen.of(ringing, Given.mediaReady("relay-1", 0));
        assertThat(seen.header(Transaction.INVITE, "Session-Expires")).isEqualTo("600;refresher=uac");
        assertThat(seen.header(Transaction.INVITE, "Require")).isEqualTo("timer");
        assertThat(seen.stopped()).contains(CallTimer.REFRESH);
        assertThat(after(seen, CallTimer.SESSION)).isEqualTo(Duration.ofSeconds(568));
        // A process that takes over the call must know the session timer.
        assertThat(seen.each(Effect.PublishAnswered.class).findFirst().orElseThrow().dialog().timer())
                .contains(new SessionTimer(600, 90, false));
    }

    @Test
    void aCallerWithoutTimersIsAskedWhetherItIsThere() {
        Seen seen = Seen.of(Given.ringing(AnswerPolicy.IMMEDIATE), Given.mediaReady("relay-1", 0));
        assertThat(seen.header(Transaction.INVITE, "Session-Expires")).isEqualTo("1800;refresher=uas");
        assertThat(seen.reply(Transaction.INVITE).headers()).extracting(SipHeader::name).doesNotContain("Require");
        assertThat(after(seen, CallTimer.REFRESH)).isEqualTo(Duration.ofSeconds(900));
        assertThat(after(seen, CallTimer.SESSION)).isEqualTo(Duration.ofSeconds(1768));
    }

    @ParameterizedTest
    @CsvSource({"488, true", "400, true", "603, true", "503, false", "408, false", "481, false"})
    void anyAnswerOfItsOwnSaysThatAPhoneWithoutTimersIsThere(int status, boolean there) {
        CallState waiting =
                Seen.of(up(new SessionTimer(300, 90, true, true), "INVITE"), Given.expired(CallTimer.REFRESH)).state();
        Seen seen = Seen.of(waiting, answered(waiting, status));
        assertThat(seen.started().contains(CallTimer.SESSION)).isEqualTo(there);
    }

    @Test
    void aPhoneThatKnowsTimersAndRefusesIsAskedAgainUntilTheSessionEnds() {
        CallState waiting = waiting("INVITE");
        assertThat(Seen.of(waiting, answered(waiting, 488)).started()).containsExactly(CallTimer.REFRESH);
    }

    @Test
    void refreshesByUpdateWhereThatIsAllowed() {
        Seen seen = Seen.of(up(OURS, "INVITE", "UPDATE"), Given.expired(CallTimer.REFRESH));
        assertThat(seen.asked().method()).isEqualTo("UPDATE");
        assertThat(seen.asked().sdp()).isEmpty();
        assertThat(seen.asked().contact()).isTrue();
        assertThat(seen.asked().cseq()).isEqualTo(4);
        assertThat(seen.asked().headers()).contains(new SipHeader("Session-Expires", "300;refresher=uac"));
    }

    @Test
    void refreshesByReinviteWithTheSessionAsItIs() {
        Seen seen = Seen.of(up(OURS, "INVITE"), Given.expired(CallTimer.REFRESH));
        assertThat(seen.asked().method()).isEqualTo("INVITE");
        assertThat(seen.asked().sdp()).contains(Given.ANSWER);
    }

    @Test
    void offersNoSessionThatItDoesNotKnow() {
        Session known = ((CallState.Up) up(OURS)).session();
        var unknown = new Session(known.call(), known.owners(), known.dialog(), "", "", 0);
        Seen seen = Seen.of(new CallState.Up(unknown), Given.expired(CallTimer.REFRESH));
        assertThat(seen.asked().method()).isEqualTo("UPDATE");
        assertThat(Seen.of(seen.state(), answered(seen.state(), 405)).does(Effect.Ask.class)).isFalse();
    }

    @Test
    void leavesItToTheOtherSideWhereThatWasAgreed() {
        assertThat(Seen.of(up(THEIRS), Given.expired(CallTimer.REFRESH)).step().effects()).isEmpty();
    }

    @Test
    void waitsWhileAnInviteOfTheOtherSideIsUnderWay() {
        CallState pending = Seen.of(up(OURS), Given.reinvite(8, HOLD)).state();
        Seen seen = Seen.of(pending, Given.expired(CallTimer.REFRESH));
        assertThat(seen.does(Effect.Ask.class)).isFalse();
        assertThat(seen.started()).containsExactly(CallTimer.REFRESH);
        CallState answered = Seen.of(pending, Given.mediaReady("relay-1", 1)).state();
        assertThat(Seen.of(answered, Given.expired(CallTimer.REFRESH)).does(Effect.Ask.class)).isFalse();
    }

    @Test
    void isFreshAgainAfterA2xx() {
        CallState waiting = waiting("UPDATE");
        Seen seen = Seen.of(waiting, answered(waiting, 200));
        assertThat(seen.does(Effect.Acknowledge.class)).isFalse();
        assertThat(after(seen, CallTimer.REFRESH)).isEqualTo(Duration.ofSeconds(150));
        assertThat(after(seen, CallTimer.SESSION)).isEqualTo(Duration.ofSeconds(268));
        assertThat(((CallState.Up) seen.state()).session().dialog().remoteTarget()).isEqualTo("sip:moved@192.0.2.7");
    }

    @Test
    void acknowledgesTheAnswerToItsReinviteEachTimeItComes() {
        CallState waiting = waiting();
        Seen seen = Seen.of(waiting, answered(waiting, 200, "session-expires", "300;refresher=uas"));
        OutgoingRequest ack = seen.each(Effect.Acknowledge.class).findFirst().orElseThrow().ack();
        assertThat(ack.method()).isEqualTo("ACK");
        assertThat(ack.cseq()).isEqualTo(4);
        assertThat(ack.requestUri()).isEqualTo("sip:moved@192.0.2.7");
        assertThat(seen.stopped()).containsExactly(CallTimer.REFRESH);
        Seen again = Seen.of(seen.state(), new CallInput.AnswerAgain(4));
        assertThat(again.each(Effect.Acknowledge.class).findFirst().orElseThrow().ack()).isEqualTo(ack);
        // The next request continues the CSeq numbering.
        assertThat(Seen.of(seen.state(), Given.endCall(EndReason.REQUESTED)).sent().cseq()).isEqualTo(5);
    }

    @Test
    void acknowledgesEvenIfTheCallIsOverMeanwhile() {
        CallState waiting = waiting();
        CallInput answer = answered(waiting, 200);
        assertThat(Seen.of(waiting, new CallInput.Bye(9), answer).does(Effect.Acknowledge.class)).isTrue();
        assertThat(Seen.of(waiting, new CallInput.Bye(9), answered(waiting, 487)).step().effects()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(ints = {408, 481})
    void endsTheCallWhenNobodyIsThere(int status) {
        CallState waiting = waiting();
        Seen seen = Seen.of(waiting, answered(waiting, status));
        assertThat(seen.sent().method()).isEqualTo("BYE");
        assertThat(seen.published(CallEnded.class).reason()).isEqualTo(EndReason.CALLER_LOST);
    }

    @Test
    void waitsAtRandomAfterGlare() {
        CallState waiting = waiting();
        CallInput glare = answered(waiting, 491);
        List<Long> waits = Stream.generate(() -> after(Seen.of(waiting, glare), CallTimer.REFRESH).toMillis())
                .limit(200)
                .toList();
        assertThat(waits).allMatch(wait -> wait >= 0 && wait <= 2000 && wait % 10 == 0);
        assertThat(waits.stream().distinct().count()).isGreaterThan(20);
        Seen again = Seen.of(waiting, glare, Given.expired(CallTimer.REFRESH));
        assertThat(again.asked().cseq()).isEqualTo(5);
    }

    @Test
    void asksForTheIntervalThatIsWanted() {
        CallState waiting = waiting();
        Seen seen = Seen.of(waiting, answered(waiting, 422, "min-se", "1200"));
        assertThat(seen.asked().headers())
                .contains(new SipHeader("Session-Expires", "1200;refresher=uac"), new SipHeader("Min-SE", "1200"));
        // A repeated 422 does not make it ask forever.
        CallState raised = seen.state();
        assertThat(Seen.of(raised, answered(raised, 422, "min-se", "1200")).does(Effect.Ask.class)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(ints = {405, 420, 501})
    void goesOnByReinviteWhereUpdateIsNotTaken(int status) {
        CallState waiting = waiting("UPDATE");
        Seen seen = Seen.of(waiting, answered(waiting, status));
        assertThat(seen.asked().method()).isEqualTo("INVITE");
        CallState second = seen.state();
        assertThat(Seen.of(second, answered(second, status)).does(Effect.Ask.class)).isFalse();
    }

    @Test
    void triesAgainAfterAnyOtherFailure() {
        CallState waiting = waiting();
        assertThat(after(Seen.of(waiting, answered(waiting, 500)), CallTimer.REFRESH)).isEqualTo(Duration.ofSeconds(50));
        assertThat(after(Seen.of(waiting, answered(waiting, 500, "retry-after", "7 (busy)")), CallTimer.REFRESH))
                .isEqualTo(Duration.ofSeconds(7));
    }

    @Test
    void endsTheCallWhenItsSessionExpires() {
        for (SessionTimer timer : List.of(OURS, THEIRS)) {
            Seen seen = Seen.of(up(timer), Given.expired(CallTimer.SESSION));
            assertThat(seen.sent().headers()).contains(new SipHeader("Reason", "SIP;cause=408;text=\"session-expired\""));
            assertThat(seen.published(CallEnded.class).reason()).isEqualTo(EndReason.SESSION_EXPIRED);
        }
    }

    @Test
    void isRefreshedByTheOtherSide() {
        for (boolean invite : List.of(true, false)) {
            Seen seen = Seen.of(up(THEIRS), refresh(invite, Optional.of(Given.OFFER), 400, Refresher.UAC));
            assertThat(seen.header(Transaction.REQUEST, "Session-Expires")).isEqualTo("400;refresher=uac");
            assertThat(after(seen, CallTimer.SESSION)).isEqualTo(Duration.ofSeconds(368));
        }
    }

    @Test
    void agreesOnceTheNewOfferIsAnswered() {
        Seen pending = Seen.of(up(THEIRS), refresh(true, Optional.of(HOLD), 400, Refresher.UAS));
        assertThat(pending.started()).containsExactly(CallTimer.OFFER);
        Seen seen = Seen.of(pending.state(), Given.mediaReady("relay-1", 1));
        assertThat(seen.header(Transaction.OFFER, "Session-Expires")).isEqualTo("400;refresher=uas");
        assertThat(after(seen, CallTimer.REFRESH)).isEqualTo(Duration.ofSeconds(200));
    }

    @Test
    void refusesARefreshThatIsTooShort() {
        for (CallState state : List.of(up(THEIRS), waiting("UPDATE"))) {
            Seen seen = Seen.of(state, refresh(true, Optional.of(HOLD), 30, Refresher.UAC));
            assertThat(seen.statuses(Transaction.REQUEST)).containsExactly(422);
            assertThat(seen.header(Transaction.REQUEST, "Min-SE")).isEqualTo("90");
            assertThat(seen.state()).isInstanceOf(CallState.Up.class);
        }
    }

    @Test
    void refusesAnOfferThatCrossesItsReinvite() {
        CallState waiting = waiting();
        assertThat(Seen.of(waiting, Given.reinvite(8, HOLD)).statuses(Transaction.REQUEST)).containsExactly(491);
        assertThat(Seen.of(waiting, refresh(false, Optional.of(HOLD), 300, Refresher.UAC)).statuses(Transaction.REQUEST))
                .containsExactly(491);
        // An UPDATE without an offer does not collide with any offer, theirs or ours.
        assertThat(Seen.of(waiting, refresh(false, Optional.empty(), 300, Refresher.UAC)).statuses(Transaction.REQUEST))
                .containsExactly(200);
        assertThat(Seen.of(waiting("UPDATE"), Given.reinvite(8, HOLD)).offered().sdpOffer()).isEqualTo(HOLD);
    }

    @Test
    void refreshesSoonWhenItIsTakenUp() {
        Seen seen = new Seen(Given.MACHINE.resume(((CallState.Up) up(OURS)).session()));
        assertThat(after(seen, CallTimer.REFRESH)).isLessThanOrEqualTo(Duration.ofSeconds(10));
        assertThat(after(seen, CallTimer.SESSION)).isEqualTo(Duration.ofSeconds(268));
        assertThat(new Seen(Given.MACHINE.resume(((CallState.Up) up(THEIRS)).session())).started())
                .containsExactly(CallTimer.HEARTBEAT, CallTimer.SESSION);
    }
}
