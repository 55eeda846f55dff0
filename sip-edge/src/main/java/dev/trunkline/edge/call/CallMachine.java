package dev.trunkline.edge.call;

import dev.trunkline.edge.call.CallInput.Cancel;
import dev.trunkline.edge.call.CallInput.DialogRequest;
import dev.trunkline.edge.call.CallState.Answered;
import dev.trunkline.edge.call.CallState.Deciding;
import dev.trunkline.edge.call.CallState.Ended;
import dev.trunkline.edge.call.CallState.ReinvitePending;
import dev.trunkline.edge.call.CallState.Ringing;
import dev.trunkline.edge.call.CallState.Settling;
import dev.trunkline.edge.call.CallState.Up;
import dev.trunkline.edge.call.Effect.Publish;
import dev.trunkline.edge.call.Effect.Respond;
import dev.trunkline.edge.call.Effect.Start;
import dev.trunkline.edge.call.Effect.Transaction;
import dev.trunkline.edge.sip.SipReply;
import dev.trunkline.events.Envelope.Owners;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;

/**
 * One call from its INVITE to its end, as the edge sees it.
 *
 * <pre>
 *  INVITE
 *    |  100, call.invite.received
 *    v
 *  Deciding --- Kafka does not take the INVITE ------> 503 + call.rejected --------------.
 *    |          no decision in 2 s ------------------> 503 --> Settling --call.rejected--|
 *    |          CANCEL ------------------------------> 487 --> Settling --call.ended-----|
 *    |          call.rejected -----------------------> its status -----------------------|
 *    |          call.forwarded ----------------------> 302 + call.ended -----------------|
 *    |  call.admitted: 180                                                               |
 *    v                                                                                   |
 *  Ringing ---- as above, but ended at once -------------------------------------------|
 *    |          agent unavailable, rings too long ---> 480 + call.rejected --------------|
 *    |  immediate: call.media.ready       \                                              |
 *    |  on-agent: call.agent.joined too   / 200 + call.answered                          |
 *    v                                                                                   |
 *  Answered --- 2xx again after T1, 2*T1, ... T2; no ACK in 64*T1: BYE + call.ended -----|
 *    |   ^                                                                               |
 *    |   | 200 with the relay's SDP                                                      |
 *    |   |                                                                               |
 *    |  ReinvitePending -- no answer in 2 s: 500 --> Up                                  |
 *    |   ^                                                                               |
 *    |   | re-INVITE with a new offer: call.media.offered                                |
 *    v   |                                                                               |
 *   Up (ACK) -- BYE: 200 + call.ended; command, lost relay, no agent: BYE + call.ended --|
 *               call.ended by another: BYE                                               v
 *                                                                                      Ended
 * </pre>
 *
 * A pure function: it does nothing, it says what to do. Thread-safe.
 */
public final class CallMachine {
    private final CallTimes times;
    private final Clock clock;
    private final SettlingCall settling;
    private final EarlyCall early;
    private final LiveCall live;

    public CallMachine(CallTimes times, Clock clock) {
        this.times = times;
        this.clock = clock;
        this.settling = new SettlingCall(times, clock);
        this.early = new EarlyCall(times, clock, settling);
        this.live = new LiveCall(times, clock);
    }

    /** A call begins: its 100 is sent already. */
    public Step begin(CallFacts facts) {
        Owners owners = Owners.edge(facts.invite().edge());
        return Step.to(
                new Deciding(facts, owners),
                new Publish(facts.invite(), owners, Optional.empty()),
                new Start(CallTimer.DEADLINE, Duration.between(clock.instant(), facts.invite().deadline())));
    }

    /** A call that was up when the process died goes on. */
    public Step resume(Session session) {
        return Step.to(new Up(session), new Start(CallTimer.HEARTBEAT, times.heartbeat()));
    }

    /** What an input does to a call. An input that means nothing in a state leaves it as it is. */
    public Step on(CallState state, CallInput input) {
        return switch (state) {
            case Deciding deciding -> early.deciding(deciding, input);
            case Settling late -> settling.settling(late, input);
            case Ringing ringing -> early.ringing(ringing, input);
            case Answered answered -> live.answered(answered, input);
            case Up up -> live.up(up, input);
            case ReinvitePending pending -> live.pending(pending, input);
            case Ended ended -> ended(ended, input);
        };
    }

    private static Step ended(Ended state, CallInput input) {
        return switch (input) {
            // RFC 3261 section 12.2.2.
            case DialogRequest request -> Step.to(state, new Respond(Transaction.REQUEST, SipReply.of(481)));
            case Cancel() -> Step.to(state, new Respond(Transaction.REQUEST, SipReply.of(481)));
            default -> Step.to(state);
        };
    }
}
