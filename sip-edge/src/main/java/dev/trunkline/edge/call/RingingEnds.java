package dev.trunkline.edge.call;

import dev.trunkline.edge.call.CallState.Ended;
import dev.trunkline.edge.call.CallState.Ringing;
import dev.trunkline.edge.call.Effect.Publish;
import dev.trunkline.edge.call.Effect.Release;
import dev.trunkline.edge.call.Effect.Respond;
import dev.trunkline.edge.call.Effect.Transaction;
import dev.trunkline.events.CallEnded;
import dev.trunkline.events.CallEvent;
import dev.trunkline.events.CallRejected;
import dev.trunkline.events.EndReason;
import dev.trunkline.events.Envelope;
import dev.trunkline.events.RefusalReason;
import dev.trunkline.events.TraceStep;
import dev.trunkline.sip.message.OutgoingResponse;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/** The ways in which a ringing call ends without an answer. */
final class RingingEnds {
    private final CallTimes times;
    private final SettlingCall settling;

    RingingEnds(CallTimes times, SettlingCall settling) {
        this.times = times;
        this.settling = settling;
    }

    Step refuse(Ringing state, CallRejected refusal, Optional<Envelope> cause) {
        return conclude(
                state, Replies.refused(refusal, state.facts().tag()), refusal, cause, refusal.reason().code());
    }

    Step givenUp(Ringing state, GivenReason given, String how) {
        return over(state, endOf(given), how, given.text(), Optional.empty());
    }

    Step over(Ringing state, EndReason reason, String detail) {
        return over(state, reason, detail, Optional.empty(), Optional.empty());
    }

    Step over(Ringing state, EndReason reason, String detail, Optional<String> sipReason, Optional<Envelope> cause) {
        CallFacts facts = state.facts();
        return conclude(state, Replies.ended(reason, facts.tag()), ended(facts, reason, detail, sipReason), cause,
                reason.code());
    }

    /** A relay that has the call no longer refuses it; before that, one may be about to. */
    private Step conclude(
            Ringing state, OutgoingResponse answer, CallEvent last, Optional<Envelope> cause, String outcome) {
        return state.session().isPresent()
                ? Step.to(
                        new Ended(), new Respond(Transaction.INVITE, answer), new Publish(last, state.owners(), cause),
                        new Release(outcome))
                : settling.begin(state.facts(), state.owners(), answer, last, outcome, times.media());
    }

    static CallRejected refusal(CallFacts facts, RefusalReason reason, String detail) {
        return refusal(facts, reason, List.of(new TraceStep(reason.code(), detail)));
    }

    static CallRejected refusal(CallFacts facts, RefusalReason reason, List<TraceStep> trace) {
        return CallRejected.of(
                facts.invite(), reason, OptionalInt.empty(), CallMachine.SERVICE, Optional.empty(), trace);
    }

    static CallEnded ended(CallFacts facts, EndReason reason, String detail, Optional<String> sipReason) {
        return new CallEnded(
                facts.invite().callId(), CallMachine.SERVICE, reason, detail, false, 0, Optional.empty(), sipReason);
    }

    static EndReason endOf(GivenReason given) {
        return given.elsewhere() ? EndReason.ANSWERED_ELSEWHERE : EndReason.CANCELLED;
    }
}
