package dev.trunkline.edge.call;

import dev.trunkline.edge.call.CallInput.Bye;
import dev.trunkline.edge.call.CallInput.Cancel;
import dev.trunkline.edge.call.CallInput.DialogRequest;
import dev.trunkline.edge.call.CallInput.Drain;
import dev.trunkline.edge.call.CallInput.Expired;
import dev.trunkline.edge.call.CallInput.NotPublished;
import dev.trunkline.edge.call.CallInput.Offer;
import dev.trunkline.edge.call.CallInput.Other;
import dev.trunkline.edge.call.CallInput.Told;
import dev.trunkline.edge.call.CallState.Answered;
import dev.trunkline.edge.call.CallState.Deciding;
import dev.trunkline.edge.call.CallState.Ended;
import dev.trunkline.edge.call.CallState.Ringing;
import dev.trunkline.edge.call.Effect.Publish;
import dev.trunkline.edge.call.Effect.PublishAnswered;
import dev.trunkline.edge.call.Effect.Release;
import dev.trunkline.edge.call.Effect.Respond;
import dev.trunkline.edge.call.Effect.Start;
import dev.trunkline.edge.call.Effect.Stop;
import dev.trunkline.edge.call.Effect.Transaction;
import dev.trunkline.edge.sip.SipHeader;
import dev.trunkline.edge.sip.SipReply;
import dev.trunkline.events.AgentJoined;
import dev.trunkline.events.AgentUnavailable;
import dev.trunkline.events.AnswerPolicy;
import dev.trunkline.events.CallAdmitted;
import dev.trunkline.events.CallEnded;
import dev.trunkline.events.CallForwarded;
import dev.trunkline.events.CallHeartbeat;
import dev.trunkline.events.CallRejected;
import dev.trunkline.events.CallRouted;
import dev.trunkline.events.EndCall;
import dev.trunkline.events.EndReason;
import dev.trunkline.events.Envelope;
import dev.trunkline.events.Envelope.Owners;
import dev.trunkline.events.MediaReady;
import dev.trunkline.events.RefusalReason;
import dev.trunkline.events.RoomEntry;
import dev.trunkline.events.TraceStep;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/** A call before its answer; the part of {@link CallMachine} in which the INVITE has no final response yet. */
final class EarlyCall {
    static final String SERVICE = "sip-edge";

    private final CallTimes times;
    private final Clock clock;
    private final SettlingCall settling;

    EarlyCall(CallTimes times, Clock clock, SettlingCall settling) {
        this.times = times;
        this.clock = clock;
        this.settling = settling;
    }

    Step deciding(Deciding state, CallInput input) {
        CallFacts facts = state.facts();
        return switch (input) {
            case Told(var envelope) when envelope.record() instanceof CallAdmitted admitted ->
                Step.to(
                        new Ringing(facts, state.owners(), policy(admitted.route()), false, Optional.empty()),
                        new Stop(CallTimer.DEADLINE),
                        new Respond(Transaction.INVITE, Replies.ringing(tag(facts))),
                        new Start(CallTimer.RINGING, times.ringing()));
            case Expired(var timer) when timer == CallTimer.DEADLINE -> {
                CallRejected refusal = refusal(facts, RefusalReason.DEADLINE, "no decision came in time");
                yield settling.begin(facts, state.owners(), Replies.refused(refusal, tag(facts)), refusal,
                        refusal.reason().code());
            }
            case Cancel() -> Steps.before(ok(facts), givenUp(state, "CANCEL"));
            case Bye(var cseq) -> Steps.before(ok(facts), givenUp(state, "BYE before the answer"));
            case NotPublished() ->
                refuse(facts, state.owners(), RefusalReason.DEADLINE, Optional.empty(), "Kafka did not take the call");
            default -> unanswered(state, facts, state.owners(), input);
        };
    }

    private Step givenUp(Deciding state, String how) {
        EndReason reason = EndReason.CANCELLED;
        CallFacts facts = state.facts();
        return settling.begin(facts, state.owners(), Replies.ended(reason, tag(facts)), ended(facts, reason, how),
                reason.code());
    }

    /** A PIN is asked for by tones, and entered by keys: the call must be answered for that. */
    private static AnswerPolicy policy(CallRouted route) {
        boolean pin = route.entry().flatMap(RoomEntry::sealedPin).isPresent();
        return pin ? AnswerPolicy.IMMEDIATE : route.answerPolicy();
    }

    Step ringing(Ringing state, CallInput input) {
        return switch (input) {
            case Told(var envelope) when envelope.record() instanceof MediaReady ready -> media(state, envelope, ready);
            case Told(var envelope) when envelope.record() instanceof AgentJoined -> {
                var here = new Ringing(
                        state.facts(), state.owners(), state.policy(), true, state.answer());
                yield answerIfReady(here, envelope);
            }
            case Told(var envelope) when envelope.record() instanceof AgentUnavailable none ->
                unavailable(state, envelope, EarlyFallback.of(none));
            case Told(var envelope) when envelope.record() instanceof CallHeartbeat ->
                Step.to(state, new Start(CallTimer.HEARTBEAT, times.heartbeat()));
            case Expired(var timer) when timer == CallTimer.RINGING ->
                refuse(state.facts(), state.owners(), RefusalReason.NO_AGENT, Optional.empty(),
                        "the call rang for " + times.ringing().toSeconds() + " s");
            case Expired(var timer) when timer == CallTimer.HEARTBEAT ->
                end(state.facts(), state.owners(), EndReason.RELAY_LOST, "no heartbeat came", Optional.empty());
            default -> unanswered(state, state.facts(), state.owners(), input);
        };
    }

    private Step unavailable(Ringing state, Envelope cause, EarlyFallback fallback) {
        if (fallback.forward().isPresent()) {
            return forward(state.facts(), state.owners(), cause, fallback.forward().get());
        }
        var refusal = CallRejected.of(state.facts().invite(), RefusalReason.NO_AGENT, OptionalInt.empty(), SERVICE,
                Optional.empty(), fallback.trace());
        return refuse(
                state.facts(), state.owners(), Optional.of(cause),
                fallback.status().map(status -> refusal.answeredWith(status, refusal.text())).orElse(refusal));
    }

    private Step media(Ringing state, Envelope envelope, MediaReady ready) {
        boolean another = state.owners().relay().filter(relay -> !relay.equals(ready.relay())).isPresent();
        if (ready.revision() != 0 || another) {
            // Of two relays that got the call, the one whose event stands first in the partition has it.
            return Step.to(state);
        }
        Step step = answerIfReady(
                new Ringing(state.facts(), state.owners().withRelay(ready.relay()), state.policy(), state.agentHere(),
                        Optional.of(ready.sdpAnswer())),
                envelope);
        return Steps.before(new Start(CallTimer.HEARTBEAT, times.heartbeat()), step);
    }

    private Step answerIfReady(Ringing state, Envelope cause) {
        boolean due = state.policy() == AnswerPolicy.IMMEDIATE || state.agentHere();
        if (!due || state.answer().isEmpty()) {
            return Step.to(state);
        }
        CallFacts facts = state.facts();
        String sdp = state.answer().get();
        var session = new Session(facts.invite().callId(), state.owners(), facts.dialog(), clock.instant(),
                facts.invite().sdpOffer(), sdp, 0, Optional.empty());
        return Step.to(
                new Answered(session, facts.dialog().remoteCseq(), times.t1()),
                new Stop(CallTimer.RINGING),
                new Respond(Transaction.INVITE, Replies.accepted(tag(facts), sdp)),
                new PublishAnswered(facts.dialog(), state.policy(), state.owners(), cause),
                new Start(CallTimer.RETRANSMIT, times.t1()),
                new Start(CallTimer.ACK, times.ack()));
    }

    /** What both early states have in common. */
    private Step unanswered(CallState state, CallFacts facts, Owners owners, CallInput input) {
        return switch (input) {
            case Told(var envelope) -> told(state, facts, owners, envelope);
            // RFC 3261 section 9.2: 200 to the CANCEL, 487 to the INVITE.
            case Cancel() ->
                Steps.before(ok(facts), end(facts, owners, EndReason.CANCELLED, "CANCEL", Optional.empty()));
            // A caller may end an early dialog by BYE too (RFC 3261 section 15).
            case Bye(var cseq) ->
                Steps.before(ok(facts), end(facts, owners, EndReason.CANCELLED, "BYE before the answer", Optional.empty()));
            case Drain() -> end(facts, owners, EndReason.DRAINED, "the edge shuts down", Optional.empty());
            // RFC 3261 section 14.2 and RFC 3311 section 5.2: the first offer has no answer yet.
            case Offer offer when offer.invite() || offer.offer().isPresent() ->
                Step.to(state, new Respond(Transaction.REQUEST, SipReply.of(500).with(SipHeader.retryAfter(1))));
            case Offer offer -> Step.to(state, ok(facts));
            case Other(var method, var cseq) ->
                Step.to(state, new Respond(Transaction.REQUEST, Replies.other(method)));
            case DialogRequest request -> Step.to(state, new Respond(Transaction.REQUEST, SipReply.of(481)));
            default -> Step.to(state);
        };
    }

    private Step told(CallState state, CallFacts facts, Owners owners, Envelope envelope) {
        return switch (envelope.record()) {
            case CallRejected refusal ->
                Step.to(
                        new Ended(),
                        new Respond(Transaction.INVITE, Replies.refused(refusal, tag(facts))),
                        new Release(refusal.reason().code()));
            case CallForwarded forwarded -> forward(facts, owners, envelope, forwarded.target());
            case EndCall command -> end(facts, owners, command.reason(), command.detail(), Optional.of(envelope));
            case CallEnded ended ->
                Step.to(
                        new Ended(),
                        new Respond(Transaction.INVITE, Replies.ended(ended.reason(), tag(facts))),
                        new Release(ended.reason().code()));
            default -> Step.to(state);
        };
    }

    private Step refuse(
            CallFacts facts, Owners owners, RefusalReason reason, Optional<Envelope> cause, String detail) {
        return refuse(facts, owners, cause, refusal(facts, reason, detail));
    }

    private static CallRejected refusal(CallFacts facts, RefusalReason reason, String detail) {
        return CallRejected.of(facts.invite(), reason, OptionalInt.empty(), SERVICE, Optional.empty(),
                List.of(new TraceStep(reason.code(), detail)));
    }

    private static Step refuse(CallFacts facts, Owners owners, Optional<Envelope> cause, CallRejected refusal) {
        return Step.to(
                new Ended(),
                new Respond(Transaction.INVITE, Replies.refused(refusal, tag(facts))),
                new Publish(refusal, owners, cause),
                new Release(refusal.reason().code()));
    }

    /** The caller is told where to call instead (RFC 3261 section 21.3.3). */
    private Step forward(CallFacts facts, Owners owners, Envelope cause, String target) {
        if (!Replies.isTarget(target)) {
            return refuse(facts, owners, RefusalReason.NO_RULE, Optional.of(cause),
                    "the call was to be forwarded to something that is no SIP or tel URI");
        }
        EndReason reason = EndReason.FORWARDED;
        return Step.to(
                new Ended(),
                new Respond(Transaction.INVITE, Replies.forwarded(target, tag(facts))),
                new Publish(ended(facts, reason, "302"), owners, Optional.of(cause)),
                new Release(reason.code()));
    }

    private Step end(CallFacts facts, Owners owners, EndReason reason, String detail, Optional<Envelope> cause) {
        return Step.to(
                new Ended(),
                new Respond(Transaction.INVITE, Replies.ended(reason, tag(facts))),
                new Publish(ended(facts, reason, detail), owners, cause),
                new Release(reason.code()));
    }

    private static CallEnded ended(CallFacts facts, EndReason reason, String detail) {
        return new CallEnded(facts.invite().callId(), SERVICE, reason, detail, false, 0, Optional.empty());
    }

    private static Respond ok(CallFacts facts) {
        return new Respond(Transaction.REQUEST, SipReply.of(200).tagged(tag(facts)));
    }

    private static String tag(CallFacts facts) {
        return facts.dialog().localTag();
    }
}
