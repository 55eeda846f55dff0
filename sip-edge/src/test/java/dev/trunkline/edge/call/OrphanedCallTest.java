package dev.trunkline.edge.call;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trunkline.edge.Requests;
import dev.trunkline.edge.call.Effect.Transaction;
import dev.trunkline.edge.call.Effect.WantRelay;
import dev.trunkline.edge.refresh.SessionTimer;
import dev.trunkline.edge.refresh.TimerHeaders;
import dev.trunkline.events.CallEnded;
import dev.trunkline.events.CallHeartbeat;
import dev.trunkline.events.EndReason;
import dev.trunkline.events.Envelope.Owners;
import dev.trunkline.events.MediaOffered;
import dev.trunkline.events.MediaReady;
import dev.trunkline.events.MediaRefused;
import dev.trunkline.events.RefusalReason;
import dev.trunkline.sip.message.OutgoingRequest;
import dev.trunkline.sip.message.SipHeader;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class OrphanedCallTest {
    private static final String OFFER = "v=0\r\nm=audio 7000 RTP/AVP 0\r\n";
    private static final String ANSWER = "v=0\r\nm=audio 4000 RTP/AVP 0\r\n";

    private static final CallInput LOST = new CallInput.RelayLost("relay-1", "the relay said nothing for 5 s");

    private static CallInput ready(String relay, int revision) {
        return Given.told(new MediaReady(Given.CALL, relay, "room", "PA_9", OFFER, "PCMU", revision));
    }

    private static CallState orphan() {
        return Seen.of(Given.up(), LOST).state();
    }

    /** Returns a call whose re-INVITE with the new relay's offer has been sent but not answered. */
    private static CallState offered() {
        return Seen.of(orphan(), ready("relay-2", 1)).state();
    }

    private static CallInput answer(CallState state, int status, Optional<String> description) {
        var orphan = (CallState.Orphaned) state;
        OutgoingRequest request = orphan.session().dialog().request("INVITE", List.of());
        var asked = new OutgoingRequest(
                "INVITE", request.requestUri(), List.of(), request.callId(), "", "", "", "", orphan.cseq().orElseThrow(), List.of(),
                Optional.empty(), true, dev.trunkline.sip.net.SipTransportKind.UDP, Optional.empty());
        return new CallInput.Answer(asked, Requests.response(
                status, "INVITE", asked.cseq(), "id@host", Given.TAG, "remotetag", "sip:moved@192.0.2.7", Map.of(), description));
    }

    @Test
    void anotherRelayIsAskedForAndTheCallIsNotEnded() {
        Seen seen = Seen.of(Given.up(), LOST);
        assertThat(seen.each(WantRelay.class)).containsExactly(new WantRelay(
                "relay-1", 1, Given.ANSWER, "the relay said nothing for 5 s", Owners.edge("edge-1").withRelay("relay-1")));
        assertThat(seen.published()).isEmpty();
        assertThat(seen.does(Effect.Send.class)).isFalse();
        assertThat(seen.stopped()).containsExactly(CallTimer.HEARTBEAT);
        assertThat(seen.each(Effect.Start.class)).containsExactly(new Effect.Start(CallTimer.ORPHANED, Duration.ofSeconds(10)));
        assertThat(seen.state().relay()).as("the lost one is looked for no more").isEmpty();
    }

    @Test
    void aRelayThatForgotTheCallIsAsGoodAsLost() {
        assertThat(Seen.of(Given.up(), Given.expired(CallTimer.HEARTBEAT)).each(WantRelay.class)).singleElement()
                .extracting(WantRelay::detail).isEqualTo("no heartbeat for 30 s");
    }

    @Test
    void aRelayThatGivesItsCallsAwayIsReplacedAsALostOne() {
        Seen seen = Seen.of(Given.up(), new CallInput.RelayLeaves("relay-1"));
        assertThat(seen.each(WantRelay.class)).singleElement().extracting(WantRelay::detail).asString().contains("drained");
        Seen taken = Seen.of(seen.state(), ready("relay-2", 1));
        assertThat(taken.asked().sdp()).contains(OFFER);
        assertThat(Seen.of(seen.state(), new CallInput.RelayLeaves("relay-1")).step().effects()).as("told again").isEmpty();
    }

    @Test
    void whatIsNotUpOrOfAnotherRelayStaysWhereItIs() {
        CallInput leaves = new CallInput.RelayLeaves("relay-1");
        for (CallState state : List.of(Given.taken(dev.trunkline.events.AnswerPolicy.ON_AGENT), Given.answered(), Given.pending())) {
            assertThat(Seen.of(state, leaves).step().effects()).as(state.getClass().getSimpleName()).isEmpty();
        }
        assertThat(Seen.of(Given.up(), new CallInput.RelayLeaves("relay-2")).step().effects()).isEmpty();
    }

    @Test
    void theLossOfAnotherRelayIsNoLoss() {
        assertThat(Seen.of(Given.up(), new CallInput.RelayLost("relay-2", "")).step().effects()).isEmpty();
    }

    @Test
    void whoeverTakesItOffersAndThePhoneIsInvitedAnew() {
        Seen seen = Seen.of(orphan(), ready("relay-2", 1));
        assertThat(seen.asked().method()).isEqualTo("INVITE");
        assertThat(seen.asked().sdp()).contains(OFFER);
        assertThat(seen.stopped()).containsExactly(CallTimer.ORPHANED);
        assertThat(seen.started()).containsExactly(CallTimer.HEARTBEAT);
        assertThat(seen.state().relay()).contains("relay-2");

        Seen taken = Seen.of(seen.state(), answer(seen.state(), 200, Optional.of(ANSWER)));
        assertThat(taken.does(Effect.Acknowledge.class)).isTrue();
        assertThat(taken.offered()).isEqualTo(MediaOffered.answering(Given.CALL, 1, ANSWER));
        Session session = ((CallState.Up) taken.state()).session();
        assertThat(session.owners()).isEqualTo(Owners.edge("edge-1").withRelay("relay-2"));
        assertThat(session.revision()).isEqualTo(1);
        assertThat(session.answer()).isEqualTo(OFFER);
        // The phone may make another offer, which goes to the new relay.
        assertThat(Seen.of(taken.state(), Given.reinvite(8, "v=0 hold")).offered().revision()).isEqualTo(2);
        // The new relay may be lost as well.
        assertThat(Seen.of(taken.state(), new CallInput.RelayLost("relay-2", "x")).each(WantRelay.class)).singleElement()
                .extracting(WantRelay::revision).isEqualTo(2);
    }

    @Test
    void theReinviteKeepsTheSessionTimer() {
        Session session = ((CallState.Up) Given.up()).session();
        var timed = new CallState.Up(session.with(session.dialog().with(Optional.of(new SessionTimer(300, 90, true)))));
        Seen seen = Seen.of(timed, LOST, ready("relay-2", 1));
        assertThat(seen.asked().headers()).contains(new SipHeader("Session-Expires", "300;refresher=uac"));
        assertThat(Seen.of(seen.state(), answer(seen.state(), 200, Optional.of(ANSWER))).started())
                .contains(CallTimer.REFRESH, CallTimer.SESSION);
    }

    @Test
    void theFirstRelayThatOffersHasIt() {
        assertThat(Seen.of(offered(), ready("relay-3", 1)).state().relay()).contains("relay-2");
        assertThat(Seen.of(orphan(), ready("relay-2", 0)).does(Effect.Ask.class)).as("an answer to an older offer").isFalse();
    }

    @Test
    void whereNobodyTakesItTheCallerHearsBye() {
        Seen seen = Seen.of(orphan(), Given.expired(CallTimer.ORPHANED));
        assertThat(seen.sent().method()).isEqualTo("BYE");
        CallEnded ended = seen.published(CallEnded.class);
        assertThat(ended.reason()).isEqualTo(EndReason.RELAY_LOST);
        assertThat(ended.detail()).isEqualTo("the relay said nothing for 5 s, and no other relay took the call over within 10 s");
    }

    @Test
    void aRelayThatCannotTakeItEndsTheWait() {
        Seen seen = Seen.of(orphan(), Given.told(
                new MediaRefused(Given.CALL, "relay-2", 1, RefusalReason.SUITE_FULL, "no port is free")));
        assertThat(seen.published(CallEnded.class).detail()).endsWith("refused the call: no port is free");
    }

    @ParameterizedTest
    @CsvSource({"488, RELAY_LOST", "500, RELAY_LOST", "603, RELAY_LOST", "481, CALLER_LOST", "408, CALLER_LOST"})
    void aPhoneThatDoesNotTakeTheOfferEndsTheCall(int status, EndReason reason) {
        CallState state = offered();
        Seen seen = Seen.of(state, answer(state, status, Optional.empty()));
        assertThat(seen.published(CallEnded.class).reason()).isEqualTo(reason);
        assertThat(seen.sent().cseq()).as("after the re-INVITE's").isGreaterThan(((CallState.Orphaned) state).cseq().orElseThrow());
    }

    @Test
    void a2xxWithoutADescriptionIsAcknowledgedAndEnded() {
        CallState state = offered();
        Seen seen = Seen.of(state, answer(state, 200, Optional.empty()));
        assertThat(seen.does(Effect.Acknowledge.class)).isTrue();
        assertThat(seen.published(CallEnded.class).reason()).isEqualTo(EndReason.RELAY_LOST);
    }

    @Test
    void glareIsTriedAgainAfterAMoment() {
        CallState state = offered();
        Seen seen = Seen.of(state, answer(state, 491, Optional.empty()));
        assertThat(seen.started()).containsExactly(CallTimer.OFFER_AGAIN);
        Seen again = Seen.of(seen.state(), Given.expired(CallTimer.OFFER_AGAIN));
        assertThat(again.asked().sdp()).contains(OFFER);
        assertThat(again.asked().cseq()).isEqualTo(((CallState.Orphaned) state).cseq().orElseThrow() + 1);
    }

    @Test
    void aRefreshThatIsUnderWayIsAnsweredFirst() {
        Session session = ((CallState.Up) Given.up()).session();
        var timed = new CallState.Up(session.with(session.dialog().with(Optional.of(new SessionTimer(300, 90, true)))));
        CallState refreshing = Seen.of(timed, Given.expired(CallTimer.REFRESH)).state();
        Seen seen = Seen.of(refreshing, LOST, ready("relay-2", 1));
        assertThat(seen.does(Effect.Ask.class)).isFalse();
        assertThat(seen.started()).contains(CallTimer.OFFER_AGAIN);
        assertThat(Seen.of(seen.state(), Given.expired(CallTimer.OFFER_AGAIN)).does(Effect.Ask.class)).as("still").isFalse();
    }

    @Test
    void whatThePhoneOffersMeanwhileComesAgainLater() {
        assertThat(Seen.of(orphan(), Given.reinvite(8, "v=0 hold")).statuses(Transaction.REQUEST)).containsExactly(500);
        assertThat(Seen.of(offered(), Given.reinvite(8, "v=0 hold")).statuses(Transaction.REQUEST)).containsExactly(491);
        var update = new CallInput.Offer(false, 8, Optional.empty(), Optional.empty(), TimerHeaders.NONE);
        assertThat(Seen.of(offered(), update).statuses(Transaction.REQUEST)).as("an UPDATE that offers nothing").containsExactly(200);
    }

    @Test
    void anOfferThatWaitedForTheLostRelayIsAnsweredAtOnce() {
        Seen seen = Seen.of(Given.pending(), LOST);
        assertThat(seen.statuses(Transaction.OFFER)).containsExactly(500);
        assertThat(seen.stopped()).contains(CallTimer.OFFER);
        assertThat(seen.each(WantRelay.class)).singleElement().extracting(WantRelay::revision).isEqualTo(2);
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void theCallerMayHangUpMeanwhile(boolean taken) {
        Seen seen = Seen.of(taken ? offered() : orphan(), new CallInput.Bye(8));
        assertThat(seen.statuses(Transaction.REQUEST)).containsExactly(200);
        assertThat(seen.published(CallEnded.class).reason()).isEqualTo(EndReason.CALLER_HUNG_UP);
    }

    @Test
    void theNewRelayCountsFromWhenItHasTheCall() {
        assertThat(Seen.of(orphan(), new CallInput.RelayLost("relay-1", "again")).step().effects()).isEmpty();
        assertThat(Seen.of(orphan(), Given.told(beat("relay-1"))).step().effects()).as("the lost one, late").isEmpty();
        assertThat(Seen.of(offered(), Given.told(beat("relay-2"))).started()).containsExactly(CallTimer.HEARTBEAT);
        assertThat(Seen.of(offered(), new CallInput.RelayLost("relay-2", "it ended")).published(CallEnded.class).reason())
                .isEqualTo(EndReason.RELAY_LOST);
        assertThat(Seen.of(offered(), Given.expired(CallTimer.HEARTBEAT)).published(CallEnded.class).reason())
                .isEqualTo(EndReason.RELAY_LOST);
    }

    private static CallHeartbeat beat(String relay) {
        return (CallHeartbeat) ((CallInput.Told) Given.heartbeat(relay)).envelope().record();
    }

    @Test
    void whatAnotherRelayMustKnowIsFoldedFromTheCallsOwnEvents() {
        CallStory story = CallStory.of(Given.INVITE)
                .after(Given.admitted(dev.trunkline.events.AnswerPolicy.IMMEDIATE))
                .after(Given.mediaReady("relay-1", 0));
        var wanted = new WantRelay("relay-1", 1, Given.ANSWER, "why", Owners.NONE);
        assertThat(story.wanting(wanted)).as("not answered").isEmpty();
        story = story.after(new Effect.PublishAnswered(Given.DIALOG, dev.trunkline.events.AnswerPolicy.IMMEDIATE, Owners.NONE, null), Given.NOW)
                .after(wanted, Given.NOW);
        assertThat(story.relay()).isEmpty();
        assertThat(story.wanting(wanted)).hasValueSatisfying(lost -> {
            assertThat(lost.participantSid()).isEqualTo("PA_1");
            assertThat(lost.answeredAt()).isEqualTo(Given.NOW);
            assertThat(lost.announced()).isFalse();
            assertThat(lost.admitted().route().room()).isEqualTo("room");
        });
        CallStory taken = story.after(ready("relay-2", 1));
        assertThat(taken.relay()).hasValueSatisfying(relay -> assertThat(relay.name()).isEqualTo("relay-2"));
        assertThat(taken.wanting(wanted)).hasValueSatisfying(lost -> assertThat(lost.participantSid()).isEqualTo("PA_9"));
    }
}
