package dev.trunkline.edge.call;

import dev.trunkline.edge.call.CallInput.Ack;
import dev.trunkline.edge.call.CallInput.Bye;
import dev.trunkline.edge.call.CallInput.Cancel;
import dev.trunkline.edge.call.CallInput.DialogRequest;
import dev.trunkline.edge.call.CallInput.Expired;
import dev.trunkline.edge.call.CallInput.Offer;
import dev.trunkline.edge.call.CallInput.Other;
import dev.trunkline.edge.call.CallInput.Told;
import dev.trunkline.edge.call.CallState.Answered;
import dev.trunkline.edge.call.CallState.Ended;
import dev.trunkline.edge.call.CallState.ReinvitePending;
import dev.trunkline.edge.call.CallState.Up;
import dev.trunkline.edge.call.Effect.Publish;
import dev.trunkline.edge.call.Effect.Release;
import dev.trunkline.edge.call.Effect.RepeatAnswer;
import dev.trunkline.edge.call.Effect.Respond;
import dev.trunkline.edge.call.Effect.Send;
import dev.trunkline.edge.call.Effect.Start;
import dev.trunkline.edge.call.Effect.Stop;
import dev.trunkline.edge.call.Effect.Transaction;
import dev.trunkline.edge.sip.OutgoingRequest;
import dev.trunkline.edge.sip.SipHeader;
import dev.trunkline.edge.sip.SipReply;
import dev.trunkline.edge.sip.SipRequest;
import dev.trunkline.events.AgentUnavailable;
import dev.trunkline.events.CallEnded;
import dev.trunkline.events.CallHeartbeat;
import dev.trunkline.events.CallRejected;
import dev.trunkline.events.EndCall;
import dev.trunkline.events.EndReason;
import dev.trunkline.events.Envelope;
import dev.trunkline.events.MediaOffered;
import dev.trunkline.events.MediaReady;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** A call after its answer; the part of {@link CallMachine} in which there is a dialog. */
final class LiveCall {
    private static final int REQUEST_PENDING = 491;
    private static final int SERVER_ERROR = 500;

    private final CallTimes times;
    private final Clock clock;

    LiveCall(CallTimes times, Clock clock) {
        this.times = times;
        this.clock = clock;
    }

    Step answered(Answered state, CallInput input) {
        Function<Session, CallState> same = session -> new Answered(session, state.cseq(), state.interval());
        return switch (input) {
            case Ack(var cseq) when cseq == state.cseq() ->
                Step.to(new Up(state.session()), new Stop(CallTimer.RETRANSMIT), new Stop(CallTimer.ACK));
            case Expired(var timer) when timer == CallTimer.RETRANSMIT -> {
                Duration next = times.after(state.interval());
                yield Step.to(
                        new Answered(state.session(), state.cseq(), next),
                        new RepeatAnswer(),
                        new Start(CallTimer.RETRANSMIT, next));
            }
            case Expired(var timer) when timer == CallTimer.ACK ->
                hangUp(state.session(), EndReason.NO_ACK, "no ACK in " + times.ack().toSeconds() + " s",
                        Optional.empty());
            // Glare: our answer is on its way still, the other side tries again (RFC 3261 section 14.2).
            case Offer offer when offer.offer().isPresent() || offer.invite() ->
                inOrder(state.session(), offer, same, session ->
                        Step.to(same.apply(session), new Respond(Transaction.REQUEST, SipReply.of(REQUEST_PENDING))));
            default -> common(state.session(), same, input);
        };
    }

    Step up(Up state, CallInput input) {
        return switch (input) {
            case Offer offer -> inOrder(state.session(), offer, Up::new, session -> offered(session, offer));
            default -> common(state.session(), Up::new, input);
        };
    }

    Step pending(ReinvitePending state, CallInput input) {
        Function<Session, CallState> same = session -> new ReinvitePending(
                session, state.invite(), state.cseq(), state.offer(), state.revision());
        return switch (input) {
            case Told(var envelope) when envelope.record() instanceof MediaReady ready
                    && ready.revision() == state.revision() -> {
                Session session = state.session().negotiated(state.offer(), ready.sdpAnswer(), ready.revision());
                yield accept(session, Transaction.OFFER, state.invite(), state.cseq(), new Stop(CallTimer.OFFER));
            }
            case Expired(var timer) when timer == CallTimer.OFFER ->
                Step.to(new Up(state.session()), new Respond(Transaction.OFFER, later()));
            // A re-INVITE can be cancelled like any INVITE; the dialog stays (RFC 3261 section 14.2).
            case Cancel() ->
                Step.to(
                        new Up(state.session()),
                        new Stop(CallTimer.OFFER),
                        new Respond(Transaction.REQUEST, SipReply.of(200)),
                        new Respond(Transaction.OFFER, SipReply.of(487)));
            // RFC 3261 section 14.2, RFC 3311 section 5.2: one offer at a time.
            case Offer offer when offer.offer().isPresent() || offer.invite() ->
                inOrder(state.session(), offer, same, session ->
                        Step.to(same.apply(session), new Respond(Transaction.REQUEST, later())));
            default -> {
                Step step = common(state.session(), same, input);
                // RFC 3261 section 15.1.2: what is still pending in a dialog that ends gets 487.
                yield step.next() instanceof Ended
                        ? Steps.before(new Respond(Transaction.OFFER, SipReply.of(487)), step)
                        : step;
            }
        };
    }

    private Step offered(Session before, Offer offer) {
        Session session = before.with(before.dialog().received(offer.cseq(), offer.contact()));
        if (offer.offer().isEmpty() && !offer.invite()) {
            return Step.to(new Up(session), new Respond(Transaction.REQUEST, SipReply.of(200).withContact()));
        }
        // The same offer again refreshes the session (RFC 4028); without one, our session is offered as it is.
        if (offer.offer().isEmpty() || offer.offer().get().equals(session.offer())) {
            return accept(session, Transaction.REQUEST, offer.invite(), offer.cseq());
        }
        int revision = session.revision() + 1;
        return Step.to(
                new ReinvitePending(session, offer.invite(), offer.cseq(), offer.offer().get(), revision),
                new Publish(new MediaOffered(session.call(), revision, offer.offer().get()), session.owners(),
                        Optional.empty()),
                new Start(CallTimer.OFFER, times.offer()));
    }

    private Step accept(Session session, Transaction transaction, boolean invite, long cseq, Effect... first) {
        String tag = session.dialog().localTag();
        Step step = invite
                ? Step.to(
                        new Answered(session, cseq, times.t1()),
                        new Respond(transaction, Replies.accepted(tag, session.answer())),
                        new Start(CallTimer.RETRANSMIT, times.t1()),
                        new Start(CallTimer.ACK, times.ack()))
                : Step.to(new Up(session), new Respond(transaction, Replies.accepted(tag, session.answer())));
        for (Effect effect : first) {
            step = Steps.before(effect, step);
        }
        return step;
    }

    /** What all states of an answered call have in common. */
    private Step common(Session session, Function<Session, CallState> same, CallInput input) {
        return switch (input) {
            case Told(var envelope) -> told(session, same, envelope);
            case Bye bye ->
                Step.to(
                        new Ended(),
                        new Respond(Transaction.REQUEST, SipReply.of(200)),
                        new Publish(ended(session, EndReason.CALLER_HUNG_UP, "BYE"), session.owners(), Optional.empty()),
                        new Release(EndReason.CALLER_HUNG_UP.code()));
            case Expired(var timer) when timer == CallTimer.HEARTBEAT ->
                hangUp(session, EndReason.RELAY_LOST, "no heartbeat for " + times.heartbeat().toSeconds() + " s",
                        Optional.empty());
            // The INVITE has its final response: a CANCEL comes too late (RFC 3261 section 9.2).
            case Cancel() -> Step.to(same.apply(session), new Respond(Transaction.REQUEST, SipReply.of(200)));
            case Offer update ->
                inOrder(session, update, same, ordered ->
                        Step.to(same.apply(ordered), new Respond(Transaction.REQUEST, SipReply.of(200).withContact())));
            case Other(var method, var cseq) ->
                inOrder(session, (DialogRequest) input, same, ordered ->
                        Step.to(same.apply(ordered), new Respond(Transaction.REQUEST, Replies.other(method))));
            default -> Step.to(same.apply(session));
        };
    }

    private Step told(Session session, Function<Session, CallState> same, Envelope envelope) {
        return switch (envelope.record()) {
            case CallHeartbeat beat when session.owners().relay().filter(beat.relay()::equals).isPresent() ->
                Step.to(same.apply(session.with(beat.media())), new Start(CallTimer.HEARTBEAT, times.heartbeat()));
            case EndCall command -> hangUp(session, command.reason(), command.detail(), Optional.of(envelope));
            case AgentUnavailable none ->
                hangUp(session, EndReason.NO_AGENT, EarlyFallback.afterAnswer(none), Optional.of(envelope));
            case CallEnded ended -> letGo(session, ended.reason());
            case CallRejected refusal -> letGo(session, EndReason.REQUESTED);
            default -> Step.to(same.apply(session));
        };
    }

    private Step hangUp(Session session, EndReason reason, String detail, Optional<Envelope> cause) {
        return Step.to(
                new Ended(),
                new Send(bye(session, reason)),
                new Publish(ended(session, reason, detail), session.owners(), cause),
                new Release(reason.code()));
    }

    /** The last event is said already, by somebody else. */
    private static Step letGo(Session session, EndReason reason) {
        return Step.to(new Ended(), new Send(bye(session, reason)), new Release(reason.code()));
    }

    /** RFC 3261 section 15.1.1, with a Reason (RFC 3326). */
    static OutgoingRequest bye(Session session, EndReason reason) {
        return session.dialog()
                .request(SipRequest.BYE, List.of(SipHeader.reason(reason.cause(), reason.code())));
    }

    private CallEnded ended(Session session, EndReason reason, String detail) {
        long millis = Math.max(0, Duration.between(session.answeredAt(), clock.instant()).toMillis());
        return new CallEnded(session.call(), EarlyCall.SERVICE, reason, detail, true, millis, session.media());
    }

    /** RFC 3261 section 12.2.2: a request whose CSeq is not above the last one's comes out of order. */
    private static Step inOrder(
            Session session, DialogRequest request, Function<Session, CallState> same, Function<Session, Step> then) {
        return request.cseq() <= session.dialog().remoteCseq()
                ? Step.to(same.apply(session), new Respond(Transaction.REQUEST, SipReply.of(SERVER_ERROR)))
                : then.apply(session.with(session.dialog().received(request.cseq(), Optional.empty())));
    }

    private static SipReply later() {
        return SipReply.of(SERVER_ERROR).with(SipHeader.retryAfter(1));
    }
}
