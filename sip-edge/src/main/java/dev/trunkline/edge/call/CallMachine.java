package dev.trunkline.edge.call;

import dev.trunkline.edge.call.CallInput.Answer;
import dev.trunkline.edge.call.CallInput.Cancel;
import dev.trunkline.edge.call.CallInput.DialogRequest;
import dev.trunkline.edge.call.CallState.Answered;
import dev.trunkline.edge.call.CallState.Deciding;
import dev.trunkline.edge.call.CallState.Ended;
import dev.trunkline.edge.call.CallState.Orphaned;
import dev.trunkline.edge.call.CallState.ReinvitePending;
import dev.trunkline.edge.call.CallState.Ringing;
import dev.trunkline.edge.call.CallState.Settling;
import dev.trunkline.edge.call.CallState.Up;
import dev.trunkline.edge.call.Effect.Acknowledge;
import dev.trunkline.edge.call.Effect.Publish;
import dev.trunkline.edge.call.Effect.Release;
import dev.trunkline.edge.call.Effect.Respond;
import dev.trunkline.edge.call.Effect.Start;
import dev.trunkline.edge.call.Effect.Transaction;
import dev.trunkline.edge.refresh.TimerPolicy;
import dev.trunkline.events.AgentUnavailable;
import dev.trunkline.events.CallRouted;
import dev.trunkline.events.EndReason;
import dev.trunkline.events.Envelope.Owners;
import dev.trunkline.events.OutgoingLeg;
import dev.trunkline.events.RefusalReason;
import dev.trunkline.sip.message.OutgoingResponse;
import dev.trunkline.sip.message.SipRequest;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.random.RandomGenerator;

/**
 * One call from its INVITE to its end, as the edge sees it.
 *
 * <pre>
 *  INVITE
 *    |  100, call.invite.received
 *    v
 *  Deciding --- Kafka does not take the INVITE ------> 503 + call.rejected --------------.
 *    |          no decision in 2 s ------------------> 503 --> Settling --call.rejected--|
 *    |          its Expires is over ------------------> as CANCEL, in either state       |
 *    |          CANCEL ------------------------------> 487 --> Settling --call.ended-----|
 *    |          call.rejected -----------------------> its status -----------------------|
 *    |          call.forwarded ----------------------> 302 + call.ended -----------------|
 *    |  call.admitted: 180                                                               |
 *    v                                                                                   |
 *  Ringing ---- as above; before a relay has it by Settling, then at once ---------------|
 *    |          no relay lives or takes calls, none takes it -----> 503 --> Settling ----|
 *    |          agent unavailable and nothing to try, or tried in vain,                  |
 *    |          no event about it, rings too long ---------------> 480 + call.rejected --|
 *    |          relay lost -------------------------------------> 503 + call.ended ------|
 *    |          no PRACK in 64*T1 -------------------------------> 504 + call.ended -----|
 *    |  immediate: call.media.ready       \                                              |
 *    |  on-agent: call.agent.joined too   | 200 + call.answered, never before the PRACK  |
 *    |  or call.transfer.succeeded        /                                              |
 *    v                                                                                   |
 *  Answered --- 2xx again after T1, 2*T1, ... T2; no ACK in 64*T1: BYE + call.ended -----|
 *    |   ^                                                                               |
 *    |   | 200 with the relay's SDP                                                      |
 *    |   |                                                                               |
 *    |  ReinvitePending -- no answer in 2 s: 500 --> Up                                  |
 *    |   ^                                                                               |
 *    |   | re-INVITE with a new offer: call.media.offered                                |
 *    v   |                                                                               |
 *   Up (ACK) -- BYE: 200 + call.ended; command, no agent: BYE + call.ended --------------|
 *    |   ^      its relay is lost, and no other takes it over: BYE + call.ended ---------|
 *    v   |                                                                               |
 *   Orphaned, until another relay has it ({@link OrphanedCall}): as Up                   |
 *                                                                                        |
 *               everybody left, and nobody takes the place; shutdown: BYE + call.ended --|
 *               call.ended by another: BYE                                               |
 *               the session expires, or a refresh of ours finds nobody: BYE + call.ended v
 *                                                                                      Ended
 * </pre>
 *
 * An outbound call reaches Up through {@link OutgoingCall}. A pure function: it returns the effects and carries out none.
 * Thread-safe.
 */
public final class CallMachine {
    /** The publisher's name in events. */
    public static final String SERVICE = "sip-edge";

    private static final int REQUEST_PENDING = 491;
    private static final int NO_DIALOG = 481;

    private final CallTimes times;
    private final Clock clock;
    private final SettlingCall settling;
    private final EarlyCall early;
    private final EstablishedCall live;
    private final Refreshing refreshing;
    private final Farewells farewells;
    private final OutgoingCall outgoing;

    /**
     * @param timers the policy for session timers
     * @param random for waits that two sides must not choose alike
     */
    public CallMachine(CallTimes times, TimerPolicy timers, Clock clock, RandomGenerator random) {
        this.times = times;
        this.clock = clock;
        this.settling = new SettlingCall(times, clock);
        this.farewells = new Farewells();
        this.refreshing = new Refreshing(farewells, random);
        this.early = new EarlyCall(times, new Answering(times, timers, refreshing, random), settling);
        this.outgoing = new OutgoingCall(times, timers, refreshing);
        this.live = new EstablishedCall(times, timers, farewells, refreshing);
    }

    /** Begins a call whose 100 has been sent already. */
    public Step begin(CallFacts facts) {
        Owners owners = Owners.edge(facts.invite().edge());
        Step step = Step.to(
                new Deciding(facts, owners),
                new Publish(facts.invite(), owners, Optional.empty()),
                new Start(CallTimer.DEADLINE, Duration.between(clock.instant(), facts.invite().deadline())));
        return facts.expires()
                .map(end -> Duration.between(clock.instant(), end))
                .map(left -> new Start(CallTimer.EXPIRES, left.isNegative() ? Duration.ZERO : left))
                .map(start -> Steps.after(step, List.of(start)))
                .orElse(step);
    }

    /**
     * Begins an outbound call once it is admitted; {@link OutgoingCall} draws it.
     *
     * @param noRelay why no relay takes it; empty while one does
     */
    public Step dial(LegFacts leg, String edge, Optional<RefusalReason> noRelay) {
        return outgoing.begin(leg, Owners.edge(edge), noRelay);
    }

    /** Resumes a call that was established when the process died. */
    public Step resume(Session session) {
        Step step = Steps.after(
                Step.to(new Up(session), new Start(CallTimer.HEARTBEAT, times.heartbeat())),
                session.isJoined() ? List.of() : refreshing.takenUp(session.dialog()));
        return session.referral().isPresent()
                ? Steps.after(step, List.of(new Start(CallTimer.REFERRAL, Referring.SILENCE)))
                : step;
    }

    /** Resumes an outbound call, which keeps its maximum duration. */
    public Step resume(Session session, Instant answeredAt) {
        Step step = resume(session);
        return session.leg().map(OutgoingLeg::longestSeconds).filter(OptionalInt::isPresent)
                .map(longest -> left(Duration.ofSeconds(longest.getAsInt()), answeredAt))
                .map(left -> Steps.after(step, List.of(new Start(CallTimer.LONGEST, left))))
                .orElse(step);
    }

    /** Resumes a call that nobody had joined when the process died. */
    public Step resume(Session session, CallRouted route, Instant admittedAt) {
        return resume(session, Patience.of(route), admittedAt);
    }

    /** Resumes a call that nobody had joined, and for which the relay has been carrying out the rest of the fallback since then. */
    public Step resume(Session session, AgentUnavailable none, Instant since) {
        return resume(session, Patience.of(none), since);
    }

    private Step resume(Session session, Patience patience, Instant since) {
        // A dispatcher that was down too has time to publish what it knows.
        Duration left = left(patience.whole(), since).plus(times.patience());
        return Steps.after(resume(session), List.of(new Start(CallTimer.PATIENCE, left)));
    }

    /** Returns the rest of a time that began before this process did; never more than all of it, even if the clock was set back since. */
    private Duration left(Duration whole, Instant since) {
        Duration left = whole.minus(Duration.between(since, clock.instant()));
        return left.isNegative() ? Duration.ZERO : left.compareTo(whole) > 0 ? whole : left;
    }

    /**
     * Ends a call that a fault of this process left half done: its caller gets a final response or BYE, its last event is
     * published if that has not happened yet, and it is over.
     */
    public Step giveUp(CallState state) {
        return Joining.ending(state, Consultation.givenUp(state, givenUp(state)));
    }

    private Step givenUp(CallState state) {
        String detail = "a fault in the edge ended the call";
        return switch (state) {
            case Deciding(var facts, var owners) -> early.end(facts, owners, EndReason.EDGE_LOST, detail);
            case Ringing ringing ->
                early.end(ringing.facts(), ringing.owners(), EndReason.EDGE_LOST, detail);
            case Settling late -> SettlingCall.say(late, Optional.empty());
            case Answered answered -> farewells.hangUp(answered.session(), EndReason.EDGE_LOST, detail, Optional.empty());
            case Up up -> farewells.hangUp(up.session(), EndReason.EDGE_LOST, detail, Optional.empty());
            case ReinvitePending pending ->
                Steps.before(
                        new Respond(Transaction.OFFER, OutgoingResponse.of(487)),
                        farewells.hangUp(pending.session(), EndReason.EDGE_LOST, detail, Optional.empty()));
            case Orphaned orphaned -> farewells.hangUp(orphaned.session(), EndReason.EDGE_LOST, detail, Optional.empty());
            case LegState leg -> outgoing.giveUp(leg, EndReason.EDGE_LOST, detail);
            case Ended ended -> Step.to(ended, new Release(EndReason.EDGE_LOST.code()));
        };
    }

    /** Applies an input to a call. An input without a meaning in a state leaves the call as it is. */
    public Step on(CallState state, CallInput input) {
        if (input instanceof LegInput.Forked(var dialog, var ack)) {
            return OutgoingCall.unwanted(state, dialog, ack);
        }
        if (input instanceof CallInput.TakenOver && !(state instanceof Up)) {
            return Step.to(state, new Respond(Transaction.REQUEST, OutgoingResponse.of(notTaken(state))));
        }
        return Joining.ending(state, Consultation.ending(state, input, taken(state, input)));
    }

    private Step taken(CallState state, CallInput input) {
        return switch (state) {
            case LegState leg -> outgoing.on(leg, input);
            case Deciding deciding -> early.deciding(deciding, input);
            case Settling late -> settling.settling(late, input);
            case Ringing ringing -> early.ringing(ringing, input);
            case Answered answered -> live.answered(answered, input);
            case Up up -> live.up(up, input);
            case ReinvitePending pending -> live.pending(pending, input);
            case Orphaned orphaned -> live.orphaned(orphaned, input);
            case Ended ended -> ended(ended, input);
        };
    }

    /** RFC 3891 section 3: an early dialog that we did not begin cannot be taken over, and neither can a dialog that is gone. */
    private static int notTaken(CallState state) {
        return state instanceof Answered || state instanceof ReinvitePending ? REQUEST_PENDING : NO_DIALOG;
    }

    private static Step ended(Ended state, CallInput input) {
        return switch (input) {
            // RFC 3261 section 12.2.2.
            case DialogRequest request -> Step.to(state, new Respond(Transaction.REQUEST, OutgoingResponse.of(481)));
            case Cancel cancel -> Step.to(state, new Respond(Transaction.REQUEST, OutgoingResponse.of(481)));
            // A re-INVITE of ours was under way: its 2xx still needs its ACK.
            case Answer(var request, var answer) when answer.accepts() && request.method().equals(SipRequest.INVITE) ->
                Step.to(state, new Acknowledge(request.ack()));
            case LegInput.Accepted tooLate -> OutgoingCall.unwanted(state, tooLate.dialog(), tooLate.ack());
            case LegInput.Beaten tooLate -> OutgoingCall.unwanted(state, tooLate.dialog(), tooLate.ack());
            default -> Step.to(state);
        };
    }
}
