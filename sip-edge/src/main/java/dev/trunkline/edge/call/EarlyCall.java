package dev.trunkline.edge.call;

import dev.trunkline.edge.call.CallInput.AdmittedInVain;
import dev.trunkline.edge.call.CallInput.Bye;
import dev.trunkline.edge.call.CallInput.Cancel;
import dev.trunkline.edge.call.CallInput.DialogRequest;
import dev.trunkline.edge.call.CallInput.Drain;
import dev.trunkline.edge.call.CallInput.Expired;
import dev.trunkline.edge.call.CallInput.HandOver;
import dev.trunkline.edge.call.CallInput.Info;
import dev.trunkline.edge.call.CallInput.NotPublished;
import dev.trunkline.edge.call.CallInput.Notify;
import dev.trunkline.edge.call.CallInput.Offer;
import dev.trunkline.edge.call.CallInput.Other;
import dev.trunkline.edge.call.CallInput.Prack;
import dev.trunkline.edge.call.CallInput.Refer;
import dev.trunkline.edge.call.CallInput.RelayLost;
import dev.trunkline.edge.call.CallInput.Told;
import dev.trunkline.edge.call.CallState.Deciding;
import dev.trunkline.edge.call.CallState.Ended;
import dev.trunkline.edge.call.CallState.Ringing;
import dev.trunkline.edge.call.Effect.Publish;
import dev.trunkline.edge.call.Effect.Release;
import dev.trunkline.edge.call.Effect.Respond;
import dev.trunkline.edge.call.Effect.Start;
import dev.trunkline.edge.call.Effect.Transaction;
import dev.trunkline.events.AgentJoined;
import dev.trunkline.events.AgentLeft;
import dev.trunkline.events.AgentUnavailable;
import dev.trunkline.events.AnswerCall;
import dev.trunkline.events.AnswerPolicy;
import dev.trunkline.events.CallAdmitted;
import dev.trunkline.events.CallEnded;
import dev.trunkline.events.CallEvent;
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
import dev.trunkline.events.TransferFailed;
import dev.trunkline.events.TransferSucceeded;
import dev.trunkline.sip.message.OutgoingResponse;
import dev.trunkline.sip.message.SipHeader;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Function;

/** A call before its answer; the part of {@link CallMachine} in which the INVITE has no final response yet. */
final class EarlyCall {
    private static final String EXPIRED = "the time in the INVITE's Expires has passed";

    private final CallTimes times;
    private final Answering answering;
    private final SettlingCall settling;
    private final RingingEnds ends;
    private final Onward onward;

    EarlyCall(CallTimes times, Answering answering, SettlingCall settling) {
        this.times = times;
        this.answering = answering;
        this.settling = settling;
        this.ends = new RingingEnds(times, settling);
        this.onward = new Onward(times, ends);
    }

    Step deciding(Deciding state, CallInput input) {
        CallFacts facts = state.facts();
        return switch (input) {
            case Told(var envelope) when envelope.record() instanceof CallAdmitted admitted ->
                admitted(state, envelope, admitted.route());
            case AdmittedInVain(var why) -> {
                CallRejected refusal = RingingEnds.refusal(facts, why, why == RefusalReason.NO_RELAY
                        ? "every relay that sent a heartbeat is silent or has ended"
                        : "every live relay is full or is being shut down");
                yield settling.begin(facts, state.owners(), Replies.refused(refusal, facts.tag()), refusal,
                        why.code(), times.settling());
            }
            case Expired(var timer) when timer == CallTimer.DEADLINE -> {
                CallRejected refusal = RingingEnds.refusal(facts, RefusalReason.DEADLINE, "no decision arrived in time");
                yield settling.begin(facts, state.owners(), Replies.refused(refusal, facts.tag()), refusal,
                        refusal.reason().code());
            }
            // RFC 3261 section 9.2: 200 to the CANCEL, 487 to the INVITE.
            case Cancel(var reason) -> Steps.before(ok(facts), givenUp(state, reason, "CANCEL"));
            // A caller may also end an early dialog by BYE (RFC 3261 section 15).
            case Bye bye -> Steps.before(ok(facts), givenUp(state, bye.reason(), "BYE before the answer"));
            case Expired(var timer) when timer == CallTimer.EXPIRES -> givenUp(state, GivenReason.NONE, EXPIRED);
            case Told(var envelope) when envelope.record() instanceof EndCall command ->
                over(state, command.reason(), command.detail(), Optional.empty());
            case NotPublished() ->
                refuse(facts, state.owners(), RefusalReason.DEADLINE, Optional.empty(), "Kafka did not accept the call");
            default -> unanswered(facts, state.owners(), with -> new Deciding(with, state.owners()), input);
        };
    }

    private Step admitted(Deciding state, Envelope envelope, CallRouted route) {
        Patience patience = Patience.of(route);
        Step step = answering.admitted(state.facts(), state.owners(), policy(route), patience, envelope);
        // If a relay or the dispatcher does not publish what it should, the edge ends the call by itself.
        return Steps.after(step, List.of(
                new Start(CallTimer.MEDIA, times.media()),
                new Start(CallTimer.PATIENCE, patience.whole().plus(times.patience()))));
    }

    /** A PIN is requested by tones and entered by keys: the call must be answered for that. */
    private static AnswerPolicy policy(CallRouted route) {
        boolean pin = route.entry().flatMap(RoomEntry::sealedPin).isPresent();
        return pin ? AnswerPolicy.IMMEDIATE : route.answerPolicy();
    }

    Step ringing(Ringing state, CallInput input) {
        CallFacts facts = state.facts();
        return switch (input) {
            case Told(var envelope) when envelope.record() instanceof MediaReady ready ->
                answering.media(state, envelope, ready);
            case Told(var envelope) when envelope.record() instanceof AgentJoined ->
                answering.somebodyThere(state, envelope);
            case Told(var envelope) when envelope.record() instanceof TransferSucceeded ->
                answering.somebodyThere(state, envelope);
            case Told(var envelope) when envelope.record() instanceof AnswerCall -> answering.asked(state, envelope);
            case Told(var envelope) when envelope.record() instanceof TransferFailed failure ->
                Step.to(state.having(state.tried().and(failure)));
            case Told(var envelope) when envelope.record() instanceof AgentLeft gone && gone.alone() && state.agentHere() ->
                Step.to(state.left(envelope),
                        new Start(CallTimer.PATIENCE, state.patience().whole().plus(times.patience())));
            case Prack prack -> inOrder(facts, state::with, prack, with -> answering.prack(state.with(with), prack));
            case Expired(var timer) when timer == CallTimer.PROVISIONAL -> answering.repeat(state);
            case Expired(var timer) when timer == CallTimer.PRACK ->
                ends.over(state, EndReason.CALLER_LOST, "no PRACK in " + times.ack().toSeconds() + " s");
            case Told(var envelope) when envelope.record() instanceof AgentUnavailable none ->
                onward.unavailable(state, envelope, none);
            case Told(var envelope) when envelope.record() instanceof EndCall command -> onward.ended(state, envelope, command);
            case Told(var envelope) when envelope.record() instanceof CallHeartbeat ->
                Step.to(state, new Start(CallTimer.HEARTBEAT, times.heartbeat()));
            case Expired(var timer) when timer == CallTimer.MEDIA && state.session().isEmpty() ->
                ends.refuse(state, RingingEnds.refusal(facts, RefusalReason.NO_RELAY,
                        "no relay took the call within " + times.media().toSeconds() + " s"), Optional.empty());
            case Expired(var timer) when timer == CallTimer.PATIENCE && !state.agentHere() -> onward.inVain(state);
            case Expired(var timer) when timer == CallTimer.RINGING ->
                ends.refuse(state, RingingEnds.refusal(facts, onward.reason(state),
                        "the call rang for " + times.ringing().toSeconds() + " s"), Optional.empty());
            case Cancel(var reason) -> Steps.before(ok(facts), ends.givenUp(state, reason, "CANCEL"));
            // A caller may also end an early dialog by BYE (RFC 3261 section 15).
            case Bye bye -> Steps.before(ok(facts), ends.givenUp(state, bye.reason(), "BYE before the answer"));
            case Expired(var timer) when timer == CallTimer.EXPIRES -> ends.givenUp(state, GivenReason.NONE, EXPIRED);
            case Expired(var timer) when timer == CallTimer.HEARTBEAT ->
                ends.over(state, EndReason.RELAY_LOST, "no heartbeat arrived");
            case RelayLost(var relay, var detail, var said) when state.owners().relay().filter(relay::equals).isPresent() ->
                ends.over(state, EndReason.RELAY_LOST, detail);
            default -> unanswered(facts, state.owners(), state::with, input);
        };
    }

    /** What both early states have in common. */
    private Step unanswered(
            CallFacts facts, Owners owners, Function<CallFacts, CallState> same, CallInput input) {
        CallState state = same.apply(facts);
        return switch (input) {
            case Told(var envelope) -> told(state, facts, owners, envelope);
            case Drain() -> end(facts, owners, EndReason.DRAINED, "the edge is shutting down");
            // RFC 3261 section 14.2 and RFC 3311 section 5.2: the first offer has no answer yet.
            case Offer offer when offer.invite() || offer.offer().isPresent() ->
                Step.to(state, new Respond(Transaction.REQUEST, OutgoingResponse.of(500).with(SipHeader.retryAfter(1))));
            case Offer update ->
                inOrder(facts, same, update, ordered -> Step.to(
                        same.apply(ordered.with(ordered.dialog().received(update.cseq(), update.contact()))),
                        new Respond(Transaction.REQUEST, Replies.updated())));
            case Other other ->
                inOrder(facts, same, other, ordered ->
                        Step.to(same.apply(ordered), new Respond(Transaction.REQUEST, Replies.other(other.method()))));
            case Notify notify ->
                inOrder(facts, same, notify, ordered ->
                        Step.to(same.apply(ordered), new Respond(Transaction.REQUEST, OutgoingResponse.of(200))));
            // REFER is sent in an established dialog.
            case Refer wanted -> Step.to(state, Referring.tooEarly(facts.invite().callId(), owners, wanted.transfer()));
            // Nobody has joined who could be transferred.
            case HandOver refer ->
                inOrder(facts, same, refer, ordered -> Step.to(same.apply(ordered), new Respond(Transaction.REQUEST,
                        OutgoingResponse.of(480).with(SipHeader.reason(480, "the call is not answered")))));
            // Nobody receives keys yet.
            case Info info ->
                inOrder(facts, same, info, ordered ->
                        Step.to(same.apply(ordered), new Respond(Transaction.REQUEST, Replies.told(info.key()))));
            case DialogRequest request -> Step.to(state, new Respond(Transaction.REQUEST, OutgoingResponse.of(481)));
            default -> Step.to(state);
        };
    }

    /** RFC 3261 section 12.2.2. */
    private static Step inOrder(
            CallFacts facts,
            Function<CallFacts, CallState> same,
            DialogRequest request,
            Function<CallFacts, Step> then) {
        return request.cseq() <= facts.dialog().remoteCseq()
                ? Step.to(same.apply(facts), new Respond(Transaction.REQUEST, OutgoingResponse.of(500)))
                : then.apply(facts.with(facts.dialog().received(request.cseq(), Optional.empty())));
    }

    private Step told(CallState state, CallFacts facts, Owners owners, Envelope envelope) {
        return switch (envelope.record()) {
            case CallRejected refusal ->
                Step.to(
                        new Ended(),
                        new Respond(Transaction.INVITE, Replies.refused(refusal, facts.tag())),
                        new Release(refusal.reason().code()));
            case CallForwarded forwarded -> forward(facts, owners, envelope, forwarded.target());
            case CallEnded ended ->
                Step.to(
                        new Ended(),
                        new Respond(Transaction.INVITE, Replies.ended(ended.reason(), facts.tag())),
                        new Release(ended.reason().code()));
            default -> Step.to(state);
        };
    }

    private Step refuse(
            CallFacts facts, Owners owners, RefusalReason reason, Optional<Envelope> cause, String detail) {
        return refuse(facts, owners, cause, RingingEnds.refusal(facts, reason, detail));
    }

    private static Step refuse(CallFacts facts, Owners owners, Optional<Envelope> cause, CallRejected refusal) {
        return Step.to(
                new Ended(),
                new Respond(Transaction.INVITE, Replies.refused(refusal, facts.tag())),
                new Publish(refusal, owners, cause),
                new Release(refusal.reason().code()));
    }

    /** Redirects the caller to another target (RFC 3261 section 21.3.3). */
    private Step forward(CallFacts facts, Owners owners, Envelope cause, String target) {
        if (!Replies.isTarget(target)) {
            return refuse(facts, owners, RefusalReason.NO_RULE, Optional.of(cause),
                    "the call was to be forwarded to a target that is neither a SIP nor a tel URI");
        }
        EndReason reason = EndReason.FORWARDED;
        return Step.to(
                new Ended(),
                new Respond(Transaction.INVITE, Replies.forwarded(target, facts.tag())),
                new Publish(RingingEnds.ended(facts, reason, "302", Optional.empty()), owners, Optional.of(cause)),
                new Release(reason.code()));
    }

    private Step givenUp(Deciding state, GivenReason given, String how) {
        return over(state, RingingEnds.endOf(given), how, given.text());
    }

    private Step over(Deciding state, EndReason reason, String detail, Optional<String> sipReason) {
        CallFacts facts = state.facts();
        return settling.begin(facts, state.owners(), Replies.ended(reason, facts.tag()),
                RingingEnds.ended(facts, reason, detail, sipReason), reason.code());
    }

    /** Ends the call at once, whatever other services may be about to publish: this process, or its hold on the call, is at its end. */
    Step end(CallFacts facts, Owners owners, EndReason reason, String detail) {
        return Step.to(
                new Ended(),
                new Respond(Transaction.INVITE, Replies.ended(reason, facts.tag())),
                new Publish(RingingEnds.ended(facts, reason, detail, Optional.empty()), owners, Optional.empty()),
                new Release(reason.code()));
    }

    private static Respond ok(CallFacts facts) {
        return new Respond(Transaction.REQUEST, OutgoingResponse.of(200).tagged(facts.tag()));
    }
}
