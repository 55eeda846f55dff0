package dev.trunkline.edge.call;

import dev.trunkline.edge.call.CallState.Ringing;
import dev.trunkline.edge.call.Effect.Publish;
import dev.trunkline.edge.call.Effect.Start;
import dev.trunkline.events.AgentUnavailable;
import dev.trunkline.events.CallRejected;
import dev.trunkline.events.EndCall;
import dev.trunkline.events.EndReason;
import dev.trunkline.events.Envelope;
import dev.trunkline.events.RefusalReason;
import java.util.List;
import java.util.Optional;

/**
 * A ringing caller who is forwarded, by the route's forward, or by what is left of its fallback when no agent came. The relay
 * works through the targets. The edge keeps the caller ringing, for as long as all of it may take.
 *
 * <pre>
 *   call.admitted with a forward            rings on                          Awaited.TARGET
 *   call.agent.unavailable                  a refusal comes next, or nothing: that status, or 480
 *     or no such event in time              a forward or announcement comes next: rings on   Awaited.FALLBACK
 *   call.transfer.failed                    is noted: 486 at the end if all of them are busy
 *   call.transfer.succeeded                 200 ({@link Answering})
 *   command.end, forward-failed             486 or 480 + call.rejected (forward-failed)
 *   command.end, no-agent, of the fallback  its refusal's status, or 480 + call.rejected (no-agent)
 *   no event in time                        the same
 * </pre>
 */
final class Onward {
    private static final String SILENT = "No outcome for the call's next targets arrived in time.";
    private static final int BUSY_HERE = 486;

    private final CallTimes times;
    private final RingingEnds ends;

    Onward(CallTimes times, RingingEnds ends) {
        this.times = times;
        this.ends = ends;
    }

    /** The refusal of a call that has rung too long. */
    RefusalReason reason(Ringing state) {
        return state.patience().awaited() == Patience.Awaited.TARGET ? RefusalReason.FORWARD_FAILED : RefusalReason.NO_AGENT;
    }

    /** No agent came. The event counts once, and has no effect while no agent is awaited. */
    Step unavailable(Ringing state, Envelope cause, AgentUnavailable none) {
        if (state.patience().awaited() != Patience.Awaited.AGENT) {
            return Step.to(state);
        }
        EarlyFallback next = EarlyFallback.of(none);
        return next.byRelay() ? wait(state, none) : refuse(state, Optional.of(cause), next);
    }

    private Step wait(Ringing state, AgentUnavailable none) {
        Patience rest = Patience.of(none);
        return Step.to(state.waitingFor(rest), new Start(CallTimer.PATIENCE, rest.whole().plus(times.patience())));
    }

    private Step refuse(Ringing state, Optional<Envelope> cause, EarlyFallback fallback) {
        CallRejected refusal = RingingEnds.refusal(state.facts(), RefusalReason.NO_AGENT, fallback.trace());
        return ends.refuse(
                state, fallback.status().map(status -> refusal.answeredWith(status, refusal.text())).orElse(refusal), cause);
    }

    /** No service reported what became of those who were awaited. */
    Step inVain(Ringing state) {
        Patience patience = state.patience();
        return switch (patience.awaited()) {
            case AGENT -> {
                AgentUnavailable none = patience.unavailable(state.facts().invite().callId());
                Step step = unavailable(state, state.cause(), none);
                // The dispatcher is silent, and the relay that is to carry out the fallback must be told.
                yield step.next() instanceof Ringing ringing
                        ? Steps.after(step, List.of(new Publish(none, ringing.owners(), Optional.of(state.cause()))))
                        : step;
            }
            case TARGET -> failed(state, Optional.empty(), SILENT);
            case FALLBACK -> refuse(state, Optional.empty(), EarlyFallback.inVain(patience.left(), SILENT));
        };
    }

    /** A service asks for the end of a ringing call: as a rule the relay, when nothing is left to try. */
    Step ended(Ringing state, Envelope envelope, EndCall command) {
        Optional<Envelope> cause = Optional.of(envelope);
        boolean exhausted = command.reason() == EndReason.NO_AGENT || command.reason() == EndReason.AGENT_LEFT;
        if (command.reason() == EndReason.FORWARD_FAILED) {
            return failed(state, cause, command.detail());
        }
        return exhausted && state.patience().awaited() == Patience.Awaited.FALLBACK
                ? refuse(state, cause, EarlyFallback.inVain(state.patience().left(), command.detail()))
                : ends.over(state, command.reason(), command.detail(), Optional.empty(), cause);
    }

    /** @param detail why each of the targets did not take the call */
    private Step failed(Ringing state, Optional<Envelope> cause, String detail) {
        RefusalReason reason = RefusalReason.FORWARD_FAILED;
        int status = state.tried().allBusy() ? BUSY_HERE : reason.status();
        CallRejected refusal = RingingEnds.refusal(state.facts(), reason, detail)
                .answeredWith(status, detail.isBlank() ? reason.sentence() : reason.sentence() + " " + detail);
        return ends.refuse(state, refusal, cause);
    }
}
