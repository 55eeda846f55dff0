package dev.trunkline.edge.call;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trunkline.edge.call.Effect.Transaction;
import dev.trunkline.edge.refresh.TimerHeaders;
import dev.trunkline.events.CallEnded;
import dev.trunkline.events.EndReason;
import dev.trunkline.events.MediaOffered;
import dev.trunkline.events.MediaReady;
import dev.trunkline.events.MediaRefused;
import dev.trunkline.events.RefusalReason;
import dev.trunkline.sip.message.SipHeader;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class LiveCallTest {
    private static final String HOLD = "v=0\r\nm=audio 4000 RTP/AVP 0\r\na=sendonly\r\n";

    static Stream<CallState> live() {
        return Stream.of(Given.answered(), Given.up(), Given.pending());
    }

    @Test
    void repeatsThe2xxUntilTheAck() {
        CallState state = Given.answered();
        var intervals = new ArrayList<Long>();
        for (int i = 0; i < 6; i++) {
            Seen seen = Seen.of(state, Given.expired(CallTimer.RETRANSMIT));
            assertThat(seen.does(Effect.RepeatAnswer.class)).isTrue();
            intervals.add(seen.each(Effect.Start.class).findFirst().orElseThrow().after().toMillis());
            state = seen.state();
        }
        // RFC 3261 section 13.3.1.4: T1 doubling up to T2.
        assertThat(intervals).containsExactly(1000L, 2000L, 4000L, 4000L, 4000L, 4000L);
        assertThat(Seen.of(state, new CallInput.Ack(7, Optional.empty())).stopped())
                .containsExactly(CallTimer.RETRANSMIT, CallTimer.ACK);
    }

    @Test
    void waitsForTheAck64TimesT1() {
        Seen seen = Seen.of(Given.ringing(dev.trunkline.events.AnswerPolicy.IMMEDIATE), Given.mediaReady("relay-1", 0));
        assertThat(seen.each(Effect.Start.class))
                .contains(new Effect.Start(CallTimer.ACK, Duration.ofSeconds(32)));
    }

    @Test
    void takesNoOthersAckForItsOwn() {
        assertThat(Seen.of(Given.answered(), new CallInput.Ack(6, Optional.empty())).state()).isInstanceOf(CallState.Answered.class);
    }

    @Test
    void hangsUpWithoutAck() {
        Seen seen = Seen.of(Given.answered(), Given.expired(CallTimer.ACK));
        assertThat(seen.sent().method()).isEqualTo("BYE");
        assertThat(seen.published(CallEnded.class).reason()).isEqualTo(EndReason.NO_ACK);
    }

    @ParameterizedTest
    @MethodSource("live")
    void endsWithTheCallersBye(CallState state) {
        Seen seen = Seen.of(state, new CallInput.Bye(20));
        assertThat(seen.statuses(Transaction.REQUEST)).containsExactly(200);
        CallEnded ended = seen.published(CallEnded.class);
        assertThat(ended.reason()).isEqualTo(EndReason.CALLER_HUNG_UP);
        assertThat(ended.answered()).isTrue();
        assertThat(seen.does(Effect.Send.class)).isFalse();
    }

    @ParameterizedTest
    @MethodSource("live")
    void hangsUpOnCommandWithTheReason(CallState state) {
        Seen seen = Seen.of(state, Given.endCall(EndReason.MEDIA_TIMEOUT));
        assertThat(seen.sent().method()).isEqualTo("BYE");
        assertThat(seen.sent().cseq()).isEqualTo(1);
        assertThat(seen.sent().headers()).contains(new SipHeader("Reason", "SIP;cause=408;text=\"media-timeout\""));
        assertThat(seen.published(CallEnded.class).reason()).isEqualTo(EndReason.MEDIA_TIMEOUT);
    }

    @ParameterizedTest
    @MethodSource("live")
    void hangsUpWithoutAnEventWhenAnotherEndedIt(CallState state) {
        Seen seen = Seen.of(state, Given.endedBy("media-relay", EndReason.ROOM_CLOSED));
        assertThat(seen.sent().method()).isEqualTo("BYE");
        assertThat(seen.published()).isEmpty();
    }

    @Test
    void hangsUpWhenTheRelayIsSilentBeforeTheCallersAck() {
        Seen seen = Seen.of(Given.answered(), Given.expired(CallTimer.HEARTBEAT));
        assertThat(seen.published(CallEnded.class).reason()).isEqualTo(EndReason.RELAY_LOST);
    }

    @ParameterizedTest
    @MethodSource("live")
    void hangsUpWhenNoAgentComesAfterTheAnswer(CallState state) {
        assertThat(Seen.of(state, Given.agentUnavailable()).published(CallEnded.class).reason())
                .isEqualTo(EndReason.NO_AGENT);
    }

    @Test
    void believesTheHeartbeatOfItsOwnRelayOnly() {
        Seen theirs = Seen.of(Given.up(), Given.heartbeat("relay-2"));
        assertThat(theirs.step().effects()).isEmpty();
        Seen ours = Seen.of(Given.up(), Given.heartbeat("relay-1"));
        assertThat(ours.started()).containsExactly(CallTimer.HEARTBEAT);
    }

    @ParameterizedTest
    @MethodSource("live")
    void theShutdownEndsItAndSaysSo(CallState state) {
        Seen seen = Seen.of(state, new CallInput.Drain());
        assertThat(seen.published(CallEnded.class).reason()).isEqualTo(EndReason.SHUTDOWN);
        assertThat(seen.sent().method()).isEqualTo("BYE");
        assertThat(seen.sent().headers().toString()).contains("SIP;cause=503;text=\"shutdown\"");
        assertThat(seen.state()).isInstanceOf(CallState.Ended.class);
    }

    @Test
    void asksTheRelayAboutANewOffer() {
        Seen seen = Seen.of(Given.up(), Given.reinvite(8, HOLD));
        assertThat(seen.offered()).isEqualTo(new MediaOffered(Given.CALL, 1, HOLD));
        assertThat(seen.started()).containsExactly(CallTimer.OFFER);
        Seen answered = Seen.of(seen.state(), Given.mediaReady("relay-1", 1));
        assertThat(answered.statuses(Transaction.OFFER)).containsExactly(200);
        assertThat(answered.state()).isInstanceOf(CallState.Answered.class);
        assertThat(Seen.of(answered.state(), new CallInput.Ack(8, Optional.empty())).state()).isInstanceOf(CallState.Up.class);
    }

    @Test
    void answersTheSameOfferFromMemory() {
        Seen seen = Seen.of(Given.up(), Given.reinvite(8, Given.OFFER));
        assertThat(seen.reply(Transaction.REQUEST).sdp()).contains(Given.ANSWER);
        assertThat(seen.published()).isEmpty();
    }

    /** Returns a call after a re-INVITE without an offer; the relay has been asked for an offer. */
    private static CallState askedToOffer() {
        return Seen.of(Given.up(), new CallInput.Offer(true, 8, Optional.empty(), Optional.empty(), TimerHeaders.NONE))
                .state();
    }

    @Test
    void asksTheRelayForTheOfferThatAReinviteWants() {
        Seen seen = Seen.of(
                Given.up(), new CallInput.Offer(true, 8, Optional.empty(), Optional.empty(), TimerHeaders.NONE));
        assertThat(seen.offered()).isEqualTo(new MediaOffered(Given.CALL, 1, ""));
        assertThat(seen.started()).containsExactly(CallTimer.OFFER);
        Seen offered = Seen.of(seen.state(), Given.mediaReady("relay-1", 1));
        assertThat(offered.reply(Transaction.OFFER).sdp()).contains(Given.ANSWER);
    }

    @Test
    void tellsTheRelayTheAnswerThatTheAckBrings() {
        Seen seen = Seen.of(
                askedToOffer(), Given.mediaReady("relay-1", 1), new CallInput.Ack(8, Optional.of(HOLD)));
        assertThat(seen.published(MediaOffered.class)).isEqualTo(MediaOffered.answering(Given.CALL, 1, HOLD));
        // The same description sent as an offer is passed to the relay.
        assertThat(Seen.of(seen.state(), Given.reinvite(9, HOLD)).offered().sdpOffer()).isEqualTo(HOLD);
        // The relay may narrow its offer.
        var narrowed = Given.told(new MediaReady(Given.CALL, "relay-1", "room", "PA_1", "v=0 narrow", "PCMU", 1));
        assertThat(((CallState.Up) Seen.of(seen.state(), narrowed).state()).session().answer()).isEqualTo("v=0 narrow");
    }

    @Test
    void offersTheSessionAsItIsWhereTheRelayMakesNoOffer() {
        Seen seen = Seen.of(askedToOffer(), Given.expired(CallTimer.OFFER));
        assertThat(seen.reply(Transaction.OFFER).sdp()).contains(Given.ANSWER);
        assertThat(Seen.of(seen.state(), new CallInput.Ack(8, Optional.of(HOLD))).published(MediaOffered.class))
                .isEqualTo(MediaOffered.answering(Given.CALL, 1, HOLD));
    }

    @Test
    void hangsUpWhenTheAckHasNoAnswer() {
        Seen seen = Seen.of(
                askedToOffer(), Given.mediaReady("relay-1", 1), new CallInput.Ack(8, Optional.empty()));
        assertThat(seen.sent().method()).isEqualTo("BYE");
        assertThat(seen.published(CallEnded.class).detail()).contains("did not answer our offer");
    }

    @Test
    void givesUpAnOfferThatTheRelayDoesNotAnswer() {
        Seen seen = Seen.of(Given.pending(), Given.expired(CallTimer.OFFER));
        assertThat(seen.statuses(Transaction.OFFER)).containsExactly(500);
        assertThat(seen.header(Transaction.OFFER, "Retry-After")).isEqualTo("1");
        assertThat(seen.state()).isInstanceOf(CallState.Up.class);
    }

    private static CallInput refused(String relay, int revision, RefusalReason reason, String detail) {
        return Given.told(new MediaRefused(Given.CALL, relay, revision, reason, detail));
    }

    @Test
    void anOfferThatTheRelayRefusesIsAnsweredAtOnceAndTheCallGoesOnAsItWas() {
        var moving = new CallInput.Offer(
                true, 8, Optional.of(HOLD), Optional.of("sip:moved@192.0.2.9"), TimerHeaders.NONE);
        Seen seen = Seen.of(Given.up(), moving,
                refused("relay-1", 1, RefusalReason.NO_COMMON_CODEC, "only T.38 is \"offered\"\r\nX: y"));
        assertThat(seen.statuses(Transaction.OFFER)).containsExactly(488);
        assertThat(seen.header(Transaction.OFFER, "Warning"))
                .isEqualTo("305 trunkline \"only T.38 is 'offered'X: y\"");
        assertThat(seen.stopped()).containsExactly(CallTimer.OFFER);
        assertThat(seen.state()).isInstanceOfSatisfying(CallState.Up.class, up -> {
            assertThat(up.session().offer()).isEqualTo(Given.OFFER);
            assertThat(up.session().answer()).isEqualTo(Given.ANSWER);
            assertThat(up.session().dialog().remoteTarget()).isEqualTo("sip:them@192.0.2.1");
            assertThat(up.session().dialog().remoteCseq()).isEqualTo(8);
        });
        // Another offer is another revision; a reply to the previous revision does not apply to it.
        Seen again = Seen.of(seen.state(), Given.reinvite(9, HOLD));
        assertThat(again.offered().revision()).isEqualTo(2);
        assertThat(Seen.of(again.state(), Given.mediaReady("relay-1", 2)).statuses(Transaction.OFFER)).containsExactly(200);
    }

    @Test
    void passesOverTheRefusalOfAnotherOfferOrByAnotherRelay() {
        assertThat(Seen.of(Given.pending(), refused("relay-1", 2, RefusalReason.NO_COMMON_CODEC, "")).step().effects())
                .isEmpty();
        assertThat(Seen.of(Given.pending(), refused("relay-2", 1, RefusalReason.NO_COMMON_CODEC, "")).step().effects())
                .isEmpty();
        assertThat(Seen.of(Given.up(), refused("relay-1", 1, RefusalReason.NO_COMMON_CODEC, "")).step().effects())
                .isEmpty();
    }

    @Test
    void refusesWithTheReasonsOwnStatus() {
        Seen seen = Seen.of(Given.pending(), refused("relay-1", 1, RefusalReason.SUITE_FULL, "no port"));
        assertThat(seen.statuses(Transaction.OFFER)).containsExactly(503);
        assertThat(seen.header(Transaction.OFFER, "Warning")).startsWith("399 ");
    }

    @Test
    void anOfferThatIsTakenMovesTheTarget() {
        var moving = new CallInput.Offer(
                false, 8, Optional.of(HOLD), Optional.of("sip:moved@192.0.2.9"), TimerHeaders.NONE);
        Seen seen = Seen.of(Given.up(), moving, Given.mediaReady("relay-1", 1), Given.endCall(EndReason.REQUESTED));
        assertThat(seen.sent().requestUri()).isEqualTo("sip:moved@192.0.2.9");
    }

    @Test
    void passesOverTheAnswerToAnOlderOffer() {
        assertThat(Seen.of(Given.pending(), Given.mediaReady("relay-1", 0)).step().effects()).isEmpty();
    }

    @Test
    void answersOneOfferAtATime() {
        Seen seen = Seen.of(Given.pending(), Given.reinvite(9, HOLD));
        assertThat(seen.statuses(Transaction.REQUEST)).containsExactly(500);
        assertThat(seen.state()).isInstanceOf(CallState.ReinvitePending.class);
    }

    @Test
    void asksForPatienceWhileIts2xxIsNotAcknowledged() {
        assertThat(Seen.of(Given.answered(), Given.reinvite(8, HOLD)).statuses(Transaction.REQUEST))
                .containsExactly(491);
    }

    @Test
    void endsAPendingOfferWithTheCall() {
        Seen seen = Seen.of(Given.pending(), new CallInput.Bye(9));
        assertThat(seen.statuses(Transaction.OFFER)).containsExactly(487);
    }

    @Test
    void staysUpWhenAReinviteIsCancelled() {
        Seen seen = Seen.of(Given.pending(), new CallInput.Cancel());
        assertThat(seen.statuses(Transaction.REQUEST)).containsExactly(200);
        assertThat(seen.statuses(Transaction.OFFER)).containsExactly(487);
        assertThat(seen.state()).isInstanceOf(CallState.Up.class);
    }

    @Test
    void followsTheOtherSideToItsNewTarget() {
        var update = new CallInput.Offer(false, 8, Optional.empty(), Optional.of("sip:moved@192.0.2.9"), TimerHeaders.NONE);
        Seen seen = Seen.of(Given.up(), update);
        assertThat(seen.statuses(Transaction.REQUEST)).containsExactly(200);
        assertThat(Seen.of(seen.state(), Given.endCall(EndReason.REQUESTED)).sent().requestUri())
                .isEqualTo("sip:moved@192.0.2.9");
    }

    @Test
    void answersAnUpdateWithAnOfferWithoutAnAck() {
        Seen seen = Seen.of(
                Given.up(),
                new CallInput.Offer(false, 8, Optional.of(HOLD), Optional.empty(), TimerHeaders.NONE),
                Given.mediaReady("relay-1", 1));
        assertThat(seen.statuses(Transaction.OFFER)).containsExactly(200);
        assertThat(seen.state()).isInstanceOf(CallState.Up.class);
    }

    @ParameterizedTest
    @CsvSource({"NOTIFY,200", "OPTIONS,200", "REFER,405", "MESSAGE,405", "FROBNICATE,501"})
    void answersOtherRequests(String method, int status) {
        Seen seen = Seen.of(Given.up(), new CallInput.Other(method, 8));
        assertThat(seen.statuses(Transaction.REQUEST)).containsExactly(status);
        assertThat(seen.state()).isInstanceOf(CallState.Up.class);
    }

    @ParameterizedTest
    @MethodSource("live")
    void knowsNoProvisionalResponseToAcknowledge(CallState state) {
        Seen seen = Seen.of(state, new CallInput.Prack(20, "1 7 INVITE", Optional.empty()));
        assertThat(seen.statuses(Transaction.REQUEST)).containsExactly(481);
    }

    @ParameterizedTest
    @MethodSource("live")
    void tellsTheKeysOfAnInfo(CallState state) {
        Seen seen = Seen.of(state, new CallInput.Info(20, new ToldKey.Pressed('#', 160)));
        assertThat(seen.statuses(Transaction.REQUEST)).containsExactly(200);
        assertThat(seen.each(Effect.PublishKey.class).findFirst().orElseThrow().digit()).isEqualTo('#');
        assertThat(seen.step().effects().toString()).doesNotContain("#");
        assertThat(Seen.of(state, new CallInput.Info(20, new ToldKey.Nothing())).statuses(Transaction.REQUEST))
                .containsExactly(200);
        assertThat(Seen.of(state, new CallInput.Info(20, new ToldKey.Unreadable())).statuses(Transaction.REQUEST))
                .containsExactly(400);
        Seen foreign = Seen.of(state, new CallInput.Info(20, new ToldKey.Foreign()));
        assertThat(foreign.statuses(Transaction.REQUEST)).containsExactly(415);
        assertThat(foreign.does(Effect.PublishKey.class)).isFalse();
    }

    @Test
    void keepsTheReasonOfTheBye() {
        var reason = new GivenReason(List.of("Q.850;cause=16"));
        assertThat(Seen.of(Given.up(), new CallInput.Bye(8, reason)).published(CallEnded.class).sipReason())
                .contains("Q.850;cause=16");
    }

    @Test
    void refusesARequestThatComesOutOfOrder() {
        assertThat(Seen.of(Given.up(), new CallInput.Other("INFO", 6)).statuses(Transaction.REQUEST))
                .containsExactly(500);
        assertThat(Seen.of(Given.up(), Given.reinvite(7, HOLD)).statuses(Transaction.REQUEST)).containsExactly(500);
    }

    @Test
    void knowsNothingMoreAfterItsEnd() {
        assertThat(Seen.of(Given.ended(), new CallInput.Bye(9)).statuses(Transaction.REQUEST)).isEqualTo(List.of(481));
        assertThat(Seen.of(Given.ended(), Given.heartbeat("relay-1")).step().effects()).isEmpty();
    }
}
