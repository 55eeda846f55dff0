package dev.trunkline.edge.call;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trunkline.edge.call.Effect.Transaction;
import dev.trunkline.edge.refresh.TimerHeaders;
import dev.trunkline.events.AnswerPolicy;
import dev.trunkline.events.CallEnded;
import dev.trunkline.events.EndReason;
import dev.trunkline.events.InviteReceived;
import dev.trunkline.events.MediaOffered;
import java.util.ArrayList;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Reliable provisional responses (RFC 3262) and offers that we make (RFC 3261 section 13.2.1). */
class AnsweringTest {
    private static final String PHONES = "v=0\r\nm=audio 4008 RTP/AVP 0\r\n";

    private static CallState deciding(boolean reliable, String offer) {
        InviteReceived like = Given.INVITE;
        var invite = new InviteReceived(like.callId(), like.edge(), like.trunk(), like.sipCallId(), like.called(),
                like.calledAsReceived(), like.caller(), like.sealed(), offer, like.source(), like.receivedAt(),
                like.deadline());
        return Given.MACHINE.begin(new CallFacts(invite, Given.DIALOG, 7, TimerHeaders.NONE, reliable)).next();
    }

    private static CallState ringing(boolean reliable, String offer, AnswerPolicy policy) {
        return Seen.of(deciding(reliable, offer), Given.admitted(policy)).state();
    }

    private static CallInput.Prack prack(CallState state, Optional<String> answer) {
        long rseq = ((CallState.Ringing) state).unacknowledged().orElseThrow().rseq();
        return new CallInput.Prack(8, rseq + " 7 INVITE", answer);
    }

    @Test
    void ringsReliably() {
        Seen seen = Seen.of(deciding(true, Given.OFFER), Given.admitted(AnswerPolicy.ON_AGENT));
        assertThat(seen.statuses(Transaction.INVITE)).containsExactly(180);
        assertThat(seen.header(Transaction.INVITE, "Require")).isEqualTo("100rel");
        assertThat(Long.parseLong(seen.header(Transaction.INVITE, "RSeq"))).isBetween(1L, (1L << 31) - 1);
        assertThat(seen.started()).containsExactly(CallTimer.PROVISIONAL, CallTimer.PRACK, CallTimer.RINGING, CallTimer.MEDIA, CallTimer.PATIENCE);
    }

    @Test
    void ringsAgainUntilThePrack() {
        CallState state = ringing(true, Given.OFFER, AnswerPolicy.ON_AGENT);
        var intervals = new ArrayList<Long>();
        for (int i = 0; i < 5; i++) {
            Seen seen = Seen.of(state, Given.expired(CallTimer.PROVISIONAL));
            assertThat(seen.does(Effect.RepeatProvisional.class)).isTrue();
            intervals.add(seen.each(Effect.Start.class).findFirst().orElseThrow().after().toMillis());
            state = seen.state();
        }
        assertThat(intervals).containsExactly(1000L, 2000L, 4000L, 8000L, 16_000L);
        Seen acknowledged = Seen.of(state, prack(state, Optional.empty()));
        assertThat(acknowledged.statuses(Transaction.REQUEST)).containsExactly(200);
        assertThat(acknowledged.stopped()).containsExactly(CallTimer.PROVISIONAL, CallTimer.PRACK);
        assertThat(Seen.of(acknowledged.state(), Given.expired(CallTimer.PROVISIONAL)).step().effects()).isEmpty();
    }

    @Test
    void refusesTheCallWhenNoPrackComes() {
        Seen seen = Seen.of(ringing(true, Given.OFFER, AnswerPolicy.ON_AGENT), Given.mediaReady("relay-1", 0), Given.expired(CallTimer.PRACK));
        assertThat(seen.statuses(Transaction.INVITE)).containsExactly(504);
        assertThat(seen.published(CallEnded.class).reason()).isEqualTo(EndReason.CALLER_LOST);
        assertThat(seen.published(CallEnded.class).answered()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "1 7 INVITE", "%d 8 INVITE", "%d 7 UPDATE", "%d 7", "seven"})
    void takesOnlyThePrackThatFits(String rack) {
        CallState state = ringing(true, Given.OFFER, AnswerPolicy.ON_AGENT);
        long rseq = ((CallState.Ringing) state).unacknowledged().orElseThrow().rseq();
        Seen seen = Seen.of(state, new CallInput.Prack(8, rack.replace("%d", Long.toString(rseq)), Optional.empty()));
        assertThat(seen.statuses(Transaction.REQUEST)).containsExactly(481);
        assertThat(((CallState.Ringing) seen.state()).unacknowledged()).isPresent();
    }

    @Test
    void takesAPrackOnce() {
        CallState state = ringing(true, Given.OFFER, AnswerPolicy.ON_AGENT);
        CallInput.Prack first = prack(state, Optional.empty());
        Seen again = Seen.of(state, first, new CallInput.Prack(9, first.rack(), Optional.empty()));
        assertThat(again.statuses(Transaction.REQUEST)).containsExactly(481);
        assertThat(Seen.of(state, first, first).statuses(Transaction.REQUEST)).containsExactly(500);
        assertThat(Seen.of(Given.ringing(AnswerPolicy.ON_AGENT), first).statuses(Transaction.REQUEST)).containsExactly(481);
    }

    @Test
    void answersNotBeforeThePrack() {
        CallState state = ringing(true, Given.OFFER, AnswerPolicy.IMMEDIATE);
        Seen early = Seen.of(state, Given.mediaReady("relay-1", 0));
        assertThat(early.does(Effect.Respond.class)).isFalse();
        Seen seen = Seen.of(early.state(), prack(state, Optional.empty()));
        assertThat(seen.statuses(Transaction.INVITE)).containsExactly(200);
        assertThat(seen.reply(Transaction.INVITE).sdp()).contains(Given.ANSWER);
        // The ACK has the CSeq of the INVITE, not that of the PRACK.
        assertThat(Seen.of(seen.state(), new CallInput.Ack(7, Optional.empty())).state()).isInstanceOf(CallState.Up.class);
        assertThat(Seen.of(seen.state(), new CallInput.Bye(8)).statuses(Transaction.REQUEST)).isNotEmpty();
    }

    @Test
    void isCancelledWhileItWaitsForThePrack() {
        Seen seen = Seen.of(
                ringing(true, Given.OFFER, AnswerPolicy.ON_AGENT), Given.mediaReady("relay-1", 0), new CallInput.Cancel());
        assertThat(seen.statuses(Transaction.INVITE)).containsExactly(487);
        assertThat(seen.does(Effect.Release.class)).isTrue();
    }

    @Test
    void takesNoNewOfferInAPrack() {
        CallState state = ringing(true, Given.OFFER, AnswerPolicy.ON_AGENT);
        assertThat(Seen.of(state, prack(state, Optional.of(PHONES))).statuses(Transaction.REQUEST)).containsExactly(488);
    }

    @Test
    void offersInThe200AndHearsTheAnswerInTheAck() {
        CallState ringing = ringing(false, "", AnswerPolicy.IMMEDIATE);
        Seen answered = Seen.of(ringing, Given.mediaReady("relay-1", 0));
        assertThat(answered.reply(Transaction.INVITE).sdp()).contains(Given.ANSWER);
        Seen up = Seen.of(answered.state(), new CallInput.Ack(7, Optional.of(PHONES)));
        assertThat(up.published(MediaOffered.class)).isEqualTo(MediaOffered.answering(Given.CALL, 0, PHONES));
        Seen without = Seen.of(answered.state(), new CallInput.Ack(7, Optional.empty()));
        assertThat(without.sent().method()).isEqualTo("BYE");
        assertThat(without.published(CallEnded.class).reason()).isEqualTo(EndReason.NO_ACK);
    }

    @Test
    void offersInTheFirstReliableResponseAndHearsTheAnswerInThePrack() {
        Seen admitted = Seen.of(deciding(true, ""), Given.admitted(AnswerPolicy.ON_AGENT));
        assertThat(admitted.does(Effect.Respond.class)).isFalse();
        Seen offered = Seen.of(admitted.state(), Given.mediaReady("relay-1", 0));
        assertThat(offered.statuses(Transaction.INVITE)).containsExactly(180);
        assertThat(offered.reply(Transaction.INVITE).sdp()).contains(Given.ANSWER);
        assertThat(Seen.of(offered.state(), prack(offered.state(), Optional.empty())).statuses(Transaction.REQUEST))
                .containsExactly(400);
        // The agent joins before the PRACK arrives.
        Seen joined = Seen.of(offered.state(), Given.agentJoined());
        assertThat(joined.does(Effect.Respond.class)).isFalse();
        Seen seen = Seen.of(joined.state(), prack(offered.state(), Optional.of(PHONES)));
        assertThat(seen.published(MediaOffered.class)).isEqualTo(MediaOffered.answering(Given.CALL, 0, PHONES));
        assertThat(seen.statuses(Transaction.INVITE)).containsExactly(200);
        assertThat(seen.reply(Transaction.INVITE).sdp()).isEmpty();
        Seen up = Seen.of(seen.state(), new CallInput.Ack(7, Optional.empty()));
    }

    @Test
    void followsAnEarlyUpdateToItsTarget() {
        var update = new CallInput.Offer(
                false, 8, Optional.empty(), Optional.of("sip:moved@192.0.2.9"), TimerHeaders.NONE);
        Seen seen = Seen.of(Given.ringing(AnswerPolicy.IMMEDIATE), update);
        assertThat(seen.statuses(Transaction.REQUEST)).containsExactly(200);
        Seen up = Seen.of(seen.state(), Given.mediaReady("relay-1", 0), new CallInput.Ack(7, Optional.empty()));
        assertThat(Seen.of(up.state(), Given.endCall(EndReason.REQUESTED)).sent().requestUri())
                .isEqualTo("sip:moved@192.0.2.9");
        assertThat(Seen.of(seen.state(), new CallInput.Other("INFO", 8)).statuses(Transaction.REQUEST))
                .containsExactly(500);
    }

    @Test
    void aCallerWhoIsToHearARingingToneOfOursGetsTheRelaysAnswerBeforeTheAgentsWord() {
        Seen seen = Seen.of(Given.deciding(), Given.admittedWithRingback(AnswerPolicy.ON_AGENT), Given.mediaReady("relay-1", 0));
        assertThat(seen.statuses(Transaction.INVITE)).containsExactly(183);
        assertThat(seen.reply(Transaction.INVITE).sdp()).contains(Given.ANSWER);
        Seen answered = Seen.of(seen.state(), Given.agentJoined());
        assertThat(answered.statuses(Transaction.INVITE)).containsExactly(200);
        assertThat(answered.reply(Transaction.INVITE).sdp()).contains(Given.ANSWER);
    }

    @Test
    void whoIsAnsweredAtOnceHearsNothingBeforeIt() {
        Seen seen = Seen.of(Given.deciding(), Given.admittedWithRingback(AnswerPolicy.IMMEDIATE), Given.mediaReady("relay-1", 0));
        assertThat(seen.statuses(Transaction.INVITE)).containsExactly(200);
        Seen joined = Seen.of(
                Given.deciding(), Given.admittedWithRingback(AnswerPolicy.ON_AGENT), Given.agentJoined(), Given.mediaReady("relay-1", 0));
        assertThat(joined.statuses(Transaction.INVITE)).containsExactly(200);
    }

    @Test
    void withoutThatSettingItRingsAsEver() {
        assertThat(Seen.of(Given.ringing(AnswerPolicy.ON_AGENT), Given.mediaReady("relay-1", 0)).statuses(Transaction.INVITE)).isEmpty();
    }
}
