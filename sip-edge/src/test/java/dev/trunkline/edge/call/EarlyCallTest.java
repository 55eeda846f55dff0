package dev.trunkline.edge.call;

import static dev.trunkline.edge.call.Given.TAG;
import static org.assertj.core.api.Assertions.assertThat;

import dev.trunkline.edge.call.Effect.Transaction;
import dev.trunkline.edge.refresh.TimerHeaders;
import dev.trunkline.events.AnswerPolicy;
import dev.trunkline.events.CallEnded;
import dev.trunkline.events.CallRejected;
import dev.trunkline.events.EndReason;
import dev.trunkline.events.InviteReceived;
import dev.trunkline.events.RefusalReason;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class EarlyCallTest {

    static Stream<CallState> early() {
        return Stream.of(Given.deciding(), Given.ringing(AnswerPolicy.ON_AGENT), Given.ringing(AnswerPolicy.IMMEDIATE),
                Given.taken(AnswerPolicy.ON_AGENT));
    }

    @Test
    void beginsWithItsEventAndItsDeadline() {
        var seen = new Seen(Given.MACHINE.begin(Given.FACTS));
        assertThat(seen.published()).singleElement().isInstanceOf(InviteReceived.class);
        assertThat(seen.each(Effect.Start.class))
                .containsExactly(new Effect.Start(CallTimer.DEADLINE, Duration.ofSeconds(2)));
    }

    @Test
    void ringsWhenAdmitted() {
        Seen seen = Seen.of(Given.deciding(), Given.admitted(AnswerPolicy.ON_AGENT));
        assertThat(seen.statuses(Transaction.INVITE)).containsExactly(180);
        assertThat(seen.reply(Transaction.INVITE).toTag()).contains(TAG);
        assertThat(seen.stopped()).containsExactly(CallTimer.DEADLINE);
        assertThat(seen.started()).containsExactly(CallTimer.RINGING, CallTimer.MEDIA, CallTimer.PATIENCE);
    }

    @Test
    void aCallWithAPinIsAnsweredAtOnceWhateverTheRuleSays() {
        CallState ringing = Given.MACHINE.on(Given.deciding(), Given.admittedWithPin(AnswerPolicy.ON_AGENT)).next();
        assertThat(Seen.of(ringing, Given.mediaReady("relay-1", 0)).statuses(Transaction.INVITE)).containsExactly(200);
    }

    @Test
    void sends503WithRetryAfterAtTheDeadline() {
        Seen seen = Seen.of(Given.deciding(), Given.expired(CallTimer.DEADLINE));
        assertThat(seen.statuses(Transaction.INVITE)).containsExactly(503);
        assertThat(seen.header(Transaction.INVITE, "Retry-After")).isEqualTo("5");
        assertThat(seen.header(Transaction.INVITE, "Reason")).isEqualTo("SIP;cause=503;text=\"deadline\"");
        assertThat(seen.published()).as("nothing is said yet").isEmpty();
        assertThat(seen.state()).isInstanceOf(CallState.Settling.class);
    }

    @Test
    void sends503AtOnceWhenKafkaDidNotTakeTheInvite() {
        Seen seen = Seen.of(Given.deciding(), new CallInput.NotPublished());
        assertThat(seen.statuses(Transaction.INVITE)).containsExactly(503);
    }

    @ParameterizedTest
    @EnumSource(RefusalReason.class)
    void passesARefusalOnAsItIs(RefusalReason reason) {
        Seen seen = Seen.of(Given.deciding(), Given.rejected(reason));
        assertThat(seen.statuses(Transaction.INVITE)).containsExactly(reason.status());
        assertThat(seen.header(Transaction.INVITE, "Reason"))
                .isEqualTo("SIP;cause=" + reason.status() + ";text=\"" + reason.code() + "\"");
        assertThat(seen.reply(Transaction.INVITE).toTag()).contains(TAG);
        assertThat(seen.published()).isEmpty();
    }

    @Test
    void passesAnotherStatusOnAsItIsGiven() {
        var refusal = ((CallRejected) ((CallInput.Told) Given.rejected(RefusalReason.DECLINED)).envelope().record())
                .answeredWith(604, "The organisation has moved.");
        Seen seen = Seen.of(Given.deciding(), Given.told(refusal));
        assertThat(seen.statuses(Transaction.INVITE)).containsExactly(604);
        assertThat(seen.header(Transaction.INVITE, "Reason")).isEqualTo("SIP;cause=604;text=\"declined\"");
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 100, 180, 200, 299, 700, -1})
    void refusesWithTheReasonsStatusWhereAnotherWouldBeNoRefusal(int status) {
        var refusal = ((CallRejected) ((CallInput.Told) Given.rejected(RefusalReason.DECLINED)).envelope().record())
                .answeredWith(status, "");
        assertThat(Seen.of(Given.deciding(), Given.told(refusal)).statuses(Transaction.INVITE)).containsExactly(603);
    }

    @Test
    void isForwarded() {
        Seen seen = Seen.of(Given.deciding(), Given.forwarded("sip:desk@pbx.example;transport=tcp"));
        assertThat(seen.statuses(Transaction.INVITE)).containsExactly(302);
        assertThat(seen.header(Transaction.INVITE, "Contact")).isEqualTo("<sip:desk@pbx.example;transport=tcp>");
        assertThat(seen.header(Transaction.INVITE, "Reason")).isEqualTo("SIP;cause=302;text=\"forwarded\"");
        assertThat(seen.reply(Transaction.INVITE).toTag()).contains(TAG);
        CallEnded ended = seen.published(CallEnded.class);
        assertThat(ended.reason()).isEqualTo(EndReason.FORWARDED);
        assertThat(ended.answered()).isFalse();
        assertThat(Seen.of(seen.state(), Given.forwarded("sip:desk@pbx.example")).step().effects()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "", "desk", "sip:", "http://pbx.example", "sip:a@b\r\nVia: x", "sip:a@b>, <sip:c@d", "sip:a b@c", "sip:\"@d"
    })
    void isForwardedToNothingThatWouldBreakTheAnswer(String target) {
        Seen seen = Seen.of(Given.deciding(), Given.forwarded(target));
        assertThat(seen.statuses(Transaction.INVITE)).containsExactly(404);
        assertThat(seen.published(CallRejected.class).reason()).isEqualTo(RefusalReason.NO_RULE);
    }

    @Test
    void answersAtOnceByTheImmediatePolicy() {
        Seen seen = Seen.of(Given.ringing(AnswerPolicy.IMMEDIATE), Given.mediaReady("relay-1", 0));
        assertThat(seen.statuses(Transaction.INVITE)).containsExactly(200);
        assertThat(seen.reply(Transaction.INVITE).sdp()).contains(Given.ANSWER);
        assertThat(seen.does(Effect.PublishAnswered.class)).isTrue();
        assertThat(seen.stopped()).containsExactly(CallTimer.RINGING);
        assertThat(seen.started()).containsExactly(
                CallTimer.HEARTBEAT, CallTimer.RETRANSMIT, CallTimer.ACK, CallTimer.REFRESH, CallTimer.SESSION);
    }

    @Test
    void handsTheSealedDialogOverBeforeThe200Leaves() {
        List<Effect> effects = Seen.of(Given.ringing(AnswerPolicy.IMMEDIATE), Given.mediaReady("relay-1", 0)).step().effects();
        assertThat(effects.stream().filter(effect -> effect instanceof Effect.PublishAnswered || effect instanceof Effect.Respond))
                .satisfiesExactly(
                        first -> assertThat(first).isInstanceOf(Effect.PublishAnswered.class),
                        second -> assertThat(second).isInstanceOf(Effect.Respond.class));
    }

    @Test
    void handsTheEndOverBeforeTheByeIsAnswered() {
        List<Effect> effects = Seen.of(Given.up(), new CallInput.Bye(8)).step().effects();
        assertThat(effects.getFirst()).isInstanceOf(Effect.Publish.class);
        assertThat(effects.get(1)).isInstanceOf(Effect.Respond.class);
    }

    @Test
    void waitsForTheAgentByTheOnAgentPolicy() {
        Seen ready = Seen.of(Given.ringing(AnswerPolicy.ON_AGENT), Given.mediaReady("relay-1", 0));
        assertThat(ready.does(Effect.Respond.class)).isFalse();
        assertThat(Seen.of(ready.state(), Given.agentJoined()).statuses(Transaction.INVITE)).containsExactly(200);
    }

    @Test
    void answersAlsoIfTheAgentIsHeardOfFirst() {
        Seen seen = Seen.of(
                Given.ringing(AnswerPolicy.ON_AGENT), Given.agentJoined(), Given.mediaReady("relay-1", 0));
        assertThat(seen.statuses(Transaction.INVITE)).containsExactly(200);
    }

    @Test
    void passesOverASecondRelay() {
        Seen seen = Seen.of(
                Given.ringing(AnswerPolicy.ON_AGENT), Given.mediaReady("relay-1", 0), Given.mediaReady("relay-2", 0));
        assertThat(seen.step().effects()).isEmpty();
        assertThat(((CallState.Ringing) seen.state()).owners().relay()).contains("relay-1");
    }

    @Test
    void isRefusedWhenNoAgentComes() {
        Seen seen = Seen.of(Given.taken(AnswerPolicy.ON_AGENT), Given.agentUnavailable());
        assertThat(seen.statuses(Transaction.INVITE)).containsExactly(480);
        assertThat(seen.published(CallRejected.class).reason()).isEqualTo(RefusalReason.NO_AGENT);
    }

    @Test
    void neverRingsWithoutEnd() {
        Seen seen = Seen.of(Given.taken(AnswerPolicy.ON_AGENT), Given.expired(CallTimer.RINGING));
        assertThat(seen.statuses(Transaction.INVITE)).containsExactly(480);
        assertThat(seen.published(CallRejected.class).reason()).isEqualTo(RefusalReason.NO_AGENT);
    }

    @Test
    void endsWhenItsRelayIsLost() {
        Seen seen = Seen.of(Given.taken(AnswerPolicy.ON_AGENT), Given.expired(CallTimer.HEARTBEAT));
        assertThat(seen.statuses(Transaction.INVITE)).containsExactly(503);
        assertThat(seen.published(CallEnded.class).reason()).isEqualTo(EndReason.RELAY_LOST);
    }

    @ParameterizedTest
    @MethodSource("early")
    void isCancelled(CallState state) {
        Seen seen = Seen.of(state, new CallInput.Cancel());
        assertThat(seen.statuses(Transaction.REQUEST)).containsExactly(200);
        assertThat(seen.statuses(Transaction.INVITE)).containsExactly(487);
        CallEnded ended = settled(seen).published(CallEnded.class);
        assertThat(ended.reason()).isEqualTo(EndReason.CANCELLED);
        assertThat(ended.answered()).isFalse();
    }

    /** Returns the steps including the last event, which waits until the other services could publish theirs. */
    private static Seen settled(Seen seen) {
        return seen.state() instanceof CallState.Settling
                ? Seen.of(seen.state(), Given.expired(CallTimer.SETTLING), new CallInput.ReadToEnd())
                : seen;
    }

    @ParameterizedTest
    @MethodSource("early")
    void isAnsweredElsewhere(CallState state) {
        var elsewhere = new GivenReason(List.of("SIP;cause=200"));
        CallEnded ended = settled(Seen.of(state, new CallInput.Cancel(elsewhere))).published(CallEnded.class);
        assertThat(ended.reason()).isEqualTo(EndReason.ANSWERED_ELSEWHERE);
        assertThat(ended.sipReason()).contains("SIP;cause=200");
        assertThat(Seen.of(state, new CallInput.Cancel(elsewhere)).statuses(Transaction.INVITE)).containsExactly(487);
    }

    @ParameterizedTest
    @MethodSource("early")
    void isEndedByAnEarlyBye(CallState state) {
        Seen seen = Seen.of(state, new CallInput.Bye(8));
        assertThat(seen.statuses(Transaction.REQUEST)).containsExactly(200);
        assertThat(seen.statuses(Transaction.INVITE)).containsExactly(487);
    }

    @ParameterizedTest
    @MethodSource("early")
    void isEndedOnCommand(CallState state) {
        Seen seen = Seen.of(state, Given.endCall(EndReason.LIVEKIT_LOST));
        assertThat(seen.statuses(Transaction.INVITE)).containsExactly(503);
        assertThat(settled(seen).published(CallEnded.class).reason()).isEqualTo(EndReason.LIVEKIT_LOST);
    }

    @ParameterizedTest
    @MethodSource("early")
    void saysNoSecondLastEventWhenAnotherEndedIt(CallState state) {
        Seen seen = Seen.of(state, Given.endedBy("media-relay", EndReason.LIVEKIT_LOST));
        assertThat(seen.statuses(Transaction.INVITE)).containsExactly(503);
        assertThat(seen.published()).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("early")
    void getsAnAnswerWhenTheEdgeShutsDown(CallState state) {
        Seen seen = Seen.of(state, new CallInput.Drain());
        assertThat(seen.statuses(Transaction.INVITE)).containsExactly(503);
        assertThat(seen.published(CallEnded.class).reason()).isEqualTo(EndReason.DRAINED);
    }

    @ParameterizedTest
    @MethodSource("early")
    void takesNoSecondOfferBeforeTheFirstIsAnswered(CallState state) {
        Seen seen = Seen.of(state, Given.reinvite(8, Given.OFFER));
        assertThat(seen.statuses(Transaction.REQUEST)).isEqualTo(List.of(500));
        assertThat(seen.header(Transaction.REQUEST, "Retry-After")).isEqualTo("1");
        assertThat(seen.state()).isEqualTo(state);
    }

    private static CallState expiring(int seconds) {
        return Given.MACHINE.begin(new CallFacts(Given.INVITE, Given.DIALOG, 7, TimerHeaders.NONE,
                false, Optional.of(Given.NOW.plusSeconds(seconds)))).next();
    }

    @Test
    void anInviteWhoseExpiresIsOverGets487() {
        Seen deciding = Seen.of(expiring(1), Given.expired(CallTimer.EXPIRES));
        assertThat(deciding.statuses(Transaction.INVITE)).containsExactly(487);
        assertThat(deciding.state()).isInstanceOf(CallState.Settling.class);
        Seen ringing = Seen.of(expiring(1), Given.admitted(AnswerPolicy.ON_AGENT), Given.expired(CallTimer.EXPIRES));
        assertThat(ringing.statuses(Transaction.INVITE)).containsExactly(487);
        assertThat(settled(ringing).published(CallEnded.class).reason()).isEqualTo(EndReason.CANCELLED);
    }

    @Test
    void anInviteThatExpiresAtOnceDoesSoAfterItsFirstStep() {
        Step step = Given.MACHINE.begin(new CallFacts(Given.INVITE, Given.DIALOG, 7,
                TimerHeaders.NONE, false, Optional.of(Given.NOW.minusSeconds(5))));
        assertThat(step.effects()).last().isEqualTo(new Effect.Start(CallTimer.EXPIRES, Duration.ZERO));
    }

    @Test
    void anAnsweredCallDoesNotExpire() {
        Seen seen = Seen.of(expiring(1), Given.admitted(AnswerPolicy.IMMEDIATE), Given.mediaReady("relay-1", 0));
        assertThat(seen.stopped()).contains(CallTimer.EXPIRES);
        assertThat(Seen.of(seen.state(), Given.expired(CallTimer.EXPIRES)).step().effects()).isEmpty();
    }

    @Test
    void aCallThatNoRelayTakesGets503() {
        Seen seen = Seen.of(Given.ringing(AnswerPolicy.ON_AGENT), Given.expired(CallTimer.MEDIA));
        assertThat(seen.statuses(Transaction.INVITE)).containsExactly(503);
        assertThat(seen.header(Transaction.INVITE, "Retry-After")).isEqualTo("5");
        assertThat(settled(seen).published(CallRejected.class).reason()).isEqualTo(RefusalReason.NO_RELAY);
        Seen taken = Seen.of(Given.ringing(AnswerPolicy.ON_AGENT), Given.mediaReady("relay-1", 0), Given.expired(CallTimer.MEDIA));
        assertThat(taken.step().effects()).isEmpty();
    }

    @Test
    void aCallOfWhoseAgentNobodySaysAnythingGets480() {
        Seen seen = Seen.of(
                Given.ringing(AnswerPolicy.ON_AGENT), Given.mediaReady("relay-1", 0), Given.expired(CallTimer.PATIENCE));
        assertThat(seen.statuses(Transaction.INVITE)).containsExactly(480);
        assertThat(seen.published(CallRejected.class).reason()).isEqualTo(RefusalReason.NO_AGENT);
        assertThat(seen.published(CallRejected.class).trace()).extracting("detail").containsExactly(Patience.WHY);
    }
}
