package dev.trunkline.edge.call;

import dev.trunkline.edge.call.CallInput.Ack;
import dev.trunkline.edge.call.CallInput.Answer;
import dev.trunkline.edge.call.CallInput.AnswerAgain;
import dev.trunkline.edge.call.CallInput.Bye;
import dev.trunkline.edge.call.CallInput.Cancel;
import dev.trunkline.edge.call.CallInput.DialogRequest;
import dev.trunkline.edge.call.CallInput.Drain;
import dev.trunkline.edge.call.CallInput.Expired;
import dev.trunkline.edge.call.CallInput.HandOver;
import dev.trunkline.edge.call.CallInput.HandOverTold;
import dev.trunkline.edge.call.CallInput.Info;
import dev.trunkline.edge.call.CallInput.Notify;
import dev.trunkline.edge.call.CallInput.Offer;
import dev.trunkline.edge.call.CallInput.Other;
import dev.trunkline.edge.call.CallInput.PartingKnown;
import dev.trunkline.edge.call.CallInput.PartnerLeft;
import dev.trunkline.edge.call.CallInput.Prack;
import dev.trunkline.edge.call.CallInput.Refer;
import dev.trunkline.edge.call.CallInput.RelayLeaves;
import dev.trunkline.edge.call.CallInput.RelayLost;
import dev.trunkline.edge.call.CallInput.TakenOver;
import dev.trunkline.edge.call.CallInput.Told;
import dev.trunkline.edge.call.CallState.Answered;
import dev.trunkline.edge.call.CallState.Ended;
import dev.trunkline.edge.call.CallState.Orphaned;
import dev.trunkline.edge.call.CallState.ReinvitePending;
import dev.trunkline.edge.call.CallState.Up;
import dev.trunkline.edge.call.Effect.Acknowledge;
import dev.trunkline.edge.call.Effect.Publish;
import dev.trunkline.edge.call.Effect.PublishKey;
import dev.trunkline.edge.call.Effect.Release;
import dev.trunkline.edge.call.Effect.RepeatAnswer;
import dev.trunkline.edge.call.Effect.Respond;
import dev.trunkline.edge.call.Effect.Start;
import dev.trunkline.edge.call.Effect.Stop;
import dev.trunkline.edge.call.Effect.Transaction;
import dev.trunkline.edge.refresh.TimerPolicy;
import dev.trunkline.events.AgentJoined;
import dev.trunkline.events.AgentLeft;
import dev.trunkline.events.AgentUnavailable;
import dev.trunkline.events.CallEnded;
import dev.trunkline.events.CallHeartbeat;
import dev.trunkline.events.CallRejected;
import dev.trunkline.events.CompleteTransfer;
import dev.trunkline.events.EndCall;
import dev.trunkline.events.EndReason;
import dev.trunkline.events.Envelope;
import dev.trunkline.events.MediaOffered;
import dev.trunkline.events.MediaReady;
import dev.trunkline.events.MediaRefused;
import dev.trunkline.events.OutgoingLeg;
import dev.trunkline.events.TransferSucceeded;
import dev.trunkline.events.TransferWay;
import dev.trunkline.sip.message.OutgoingResponse;
import dev.trunkline.sip.message.SipHeader;
import dev.trunkline.sip.message.SipRequest;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** A call after its answer; the part of {@link CallMachine} in which there is a dialog. */
final class EstablishedCall {
    private static final int REQUEST_PENDING = 491;
    private static final int SERVER_ERROR = 500;

    private final CallTimes times;
    private final Offers offers;
    private final Farewells farewells;
    private final Refreshing refreshing;
    private final Referring referring;
    private final HandingOver handingOver;
    private final Attending attending;
    private final OrphanedCall orphaned;
    private final Joining joining;

    EstablishedCall(CallTimes times, TimerPolicy timers, Farewells farewells, Refreshing refreshing) {
        this.times = times;
        this.offers = new Offers(times, timers, refreshing);
        this.farewells = farewells;
        this.refreshing = refreshing;
        this.referring = new Referring(farewells);
        this.handingOver = new HandingOver(farewells);
        this.attending = new Attending(times, farewells);
        this.orphaned = new OrphanedCall(times, farewells, refreshing);
        this.joining = new Joining(farewells, handingOver);
    }

    Step answered(Answered state, CallInput input) {
        Function<Session, CallState> same = session ->
                new Answered(session, state.cseq(), state.interval(), state.offers());
        return switch (input) {
            case Ack ack when ack.cseq() == state.cseq() ->
                Steps.before(new Stop(CallTimer.RETRANSMIT), Steps.before(new Stop(CallTimer.ACK), acknowledged(state, ack)));
            case Expired(var timer) when timer == CallTimer.RETRANSMIT -> {
                Duration next = times.after(state.interval());
                yield Step.to(
                        new Answered(state.session(), state.cseq(), next, state.offers()),
                        new RepeatAnswer(),
                        new Start(CallTimer.RETRANSMIT, next));
            }
            case Expired(var timer) when timer == CallTimer.ACK ->
                farewells.hangUp(state.session(), EndReason.NO_ACK, "no ACK in " + times.ack().toSeconds() + " s",
                        Optional.empty());
            case Expired(var timer) when timer == CallTimer.REFRESH -> Refreshing.notNow(state);
            // Glare: our answer is still on its way, and the other side retries (RFC 3261 section 14.2).
            case Offer offer when offer.offer().isPresent() || offer.invite() ->
                pendingElsewhere(state.session(), same, offer);
            default -> common(state.session(), same, input);
        };
    }

    private static Step pendingElsewhere(Session session, Function<Session, CallState> same, Offer offer) {
        return inOrder(session, offer, same, ordered ->
                Step.to(same.apply(ordered), new Respond(Transaction.REQUEST, OutgoingResponse.of(REQUEST_PENDING))));
    }

    private Step acknowledged(Answered state, Ack ack) {
        if (!state.offers()) {
            return Step.to(new Up(state.session()));
        }
        if (ack.answer().isEmpty()) {
            return farewells.hangUp(
                    state.session(), EndReason.NO_ACK, "the ACK did not answer our offer", Optional.empty());
        }
        Session session = state.session();
        String answer = ack.answer().get();
        return Step.to(
                new Up(session),
                new Publish(
                        MediaOffered.answering(session.call(), session.revision(), answer), session.owners(),
                        Optional.empty()));
    }

    Step up(Up state, CallInput input) {
        return switch (input) {
            // The phone has hung up, and the call waits for the outcome of its REFER.
            case DialogRequest request when state.session().isGone() ->
                Step.to(state, new Respond(Transaction.REQUEST, OutgoingResponse.of(481)));
            case JoinInput said -> joining.up(state.session(), said);
            case Told(var envelope) when joining.told(state.session(), envelope).isPresent() ->
                joining.told(state.session(), envelope).orElseThrow();
            case Expired(var timer) when timer == CallTimer.JOIN -> joining.silent(state.session());
            case Offer offer when Joining.isUnderWay(state.session()) ->
                pendingElsewhere(state.session(), Up::new, offer);
            case Expired(var timer) when timer == CallTimer.REFRESH && Joining.isUnderWay(state.session()) -> Refreshing.notNow(state);
            case Expired(var timer) when timer == CallTimer.HEARTBEAT && Joining.isUnderWay(state.session()) ->
                joining.disturbed(state.session(), "Its relay was lost.", alone -> orphaned.begin(alone, noHeartbeat()));
            case RelayLost(var relay, var detail, var said) when isOf(state.session(), relay) && Joining.isUnderWay(state.session()) ->
                joining.disturbed(state.session(), "Its relay was lost.", alone -> orphaned.begin(alone, detail));
            case TakenOver other -> offers.takenOver(state.session(), other);
            case Offer offer -> inOrder(state.session(), offer, Up::new, session -> offers.offered(session, offer));
            case Expired(var timer) when timer == CallTimer.REFRESH -> refreshing.due(state.session(), Up::new);
            case Expired(var timer) when timer == CallTimer.HEARTBEAT -> orphaned.begin(state.session(), noHeartbeat());
            case RelayLost(var relay, var detail, var said) when isOf(state.session(), relay) ->
                orphaned.begin(state.session(), detail);
            case RelayLeaves(var relay) when isOf(state.session(), relay) && orphaned.canMove(state.session()) ->
                orphaned.begin(state.session(), "the relay is being drained and hands its calls over");
            default -> common(state.session(), Up::new, input);
        };
    }

    Step orphaned(Orphaned state, CallInput input) {
        return orphaned.on(state, input).orElseGet(() -> switch (input) {
            case Offer offer when offer.invite() || offer.offer().isPresent() ->
                inOrder(state.session(), offer, state::with, session -> Step.to(state.with(session), new Respond(
                        Transaction.REQUEST, OrphanedCall.meets(state, offer) ? OutgoingResponse.of(REQUEST_PENDING) : later())));
            default -> common(state.session(), state::with, input);
        });
    }

    private String noHeartbeat() {
        return "no heartbeat for " + times.heartbeat().toSeconds() + " s";
    }

    private static boolean isOf(Session session, String relay) {
        return session.owners().relay().filter(relay::equals).isPresent();
    }

    Step pending(ReinvitePending state, CallInput input) {
        Function<Session, CallState> same = session -> new ReinvitePending(
                session, state.invite(), state.cseq(), state.offer(), state.revision(), state.contact(), state.agreed(), state.taker());
        return switch (input) {
            case Told(var envelope) when envelope.record() instanceof MediaReady ready
                    && ready.revision() == state.revision() -> {
                Session session = state.session().negotiated(state.offer(), ready.sdpAnswer(), ready.revision());
                yield Steps.before(new Stop(CallTimer.OFFER), offers.accept(session, Transaction.OFFER, state));
            }
            // The call continues as it was, on the dialog that it had.
            case Told(var envelope) when envelope.record() instanceof MediaRefused refused
                    && refused.revision() == state.revision()
                    && state.session().owners().relay().filter(refused.relay()::equals).isPresent() ->
                Step.to(new Up(state.session()), new Stop(CallTimer.OFFER), new Respond(Transaction.OFFER, Replies.refused(refused)));
            case Expired(var timer) when timer == CallTimer.REFRESH -> Refreshing.notNow(state);
            // The relay makes no offer of its own: offer the session as it is.
            case Expired(var timer) when timer == CallTimer.OFFER && state.offer().isEmpty() ->
                offers.accept(state.session().negotiated("", state.session().answer(), state.revision()), Transaction.OFFER, state);
            case Expired(var timer) when timer == CallTimer.OFFER ->
                Step.to(new Up(state.session()), new Respond(Transaction.OFFER, later()));
            case Expired(var timer) when timer == CallTimer.HEARTBEAT -> withoutRelay(state, noHeartbeat());
            case RelayLost(var relay, var detail, var said) when isOf(state.session(), relay) -> withoutRelay(state, detail);
            // A re-INVITE can be cancelled like any INVITE; the dialog stays (RFC 3261 section 14.2).
            case Cancel cancel ->
                Step.to(
                        new Up(state.session()),
                        new Stop(CallTimer.OFFER),
                        new Respond(Transaction.REQUEST, OutgoingResponse.of(200)),
                        new Respond(Transaction.OFFER, OutgoingResponse.of(487)));
            // RFC 3261 section 14.2, RFC 3311 section 5.2: one offer at a time.
            case Offer offer when offer.offer().isPresent() || offer.invite() ->
                inOrder(state.session(), offer, same, session ->
                        Step.to(same.apply(session), new Respond(Transaction.REQUEST, later())));
            default -> {
                Step step = common(state.session(), same, input);
                // RFC 3261 section 15.1.2: requests that are still pending in a dialog that ends get 487.
                yield step.next() instanceof Ended || step.next() instanceof Up
                        ? Steps.before(new Respond(Transaction.OFFER, OutgoingResponse.of(487)), step)
                        : step;
            }
        };
    }

    /** The phone may repeat the offer when another relay has the call. */
    private Step withoutRelay(ReinvitePending state, String detail) {
        return Steps.before(new Stop(CallTimer.OFFER),
                Steps.before(new Respond(Transaction.OFFER, later()), orphaned.begin(state.session(), detail)));
    }

    /** What all states of an answered call have in common. */
    private Step common(Session session, Function<Session, CallState> same, CallInput input) {
        return switch (input) {
            case Told(var envelope) -> told(session, same, envelope);
            case Bye bye when HandingOver.isOpen(session) -> HandingOver.left(session);
            case Bye bye when Joining.isOpen(session) -> Joining.left(session);
            case JoinInput said -> joining.elsewhere(session, same, said);
            case Bye bye -> {
                EndReason who = session.leg().isPresent() ? EndReason.CALLEE_HUNG_UP : EndReason.CALLER_HUNG_UP;
                yield Step.to(
                        new Ended(),
                        // Handed to the publisher first: a BYE that has been answered is not sent again.
                        new Publish(farewells.ended(session, who, "BYE", bye.reason().text()), session.owners(), Optional.empty()),
                        new Respond(Transaction.REQUEST, OutgoingResponse.of(200)),
                        new Release(who.code()));
            }
            case CallInput.ParentOrphaned() when session.leg().filter(OutgoingLeg::isConsulting).isPresent() ->
                farewells.hangUp(session, EndReason.PARTNER_LEFT, Consultation.ORPHANED, Optional.empty());
            case PartnerLeft() ->
                farewells.hangUp(session, EndReason.PARTNER_LEFT, "the call that it was joined with has ended", Optional.empty());
            case Expired(var timer) when timer == CallTimer.LONGEST ->
                farewells.hangUp(session, EndReason.TOO_LONG, "the call reached its maximum duration", Optional.empty());
            case Expired(var timer) when timer == CallTimer.HEARTBEAT ->
                farewells.hangUp(session, EndReason.RELAY_LOST, noHeartbeat(), Optional.empty());
            case RelayLost(var relay, var detail, var said) when isOf(session, relay) ->
                farewells.hangUp(session, EndReason.RELAY_LOST, detail, Optional.empty());
            case Expired(var timer) when timer == CallTimer.PATIENCE -> attending.patienceOver(session);
            case Drain() -> farewells.hangUp(session, EndReason.SHUTDOWN, "the edge is shutting down", Optional.empty());
            // The INVITE has its final response: a CANCEL comes too late (RFC 3261 section 9.2).
            case Cancel cancel -> Step.to(same.apply(session), new Respond(Transaction.REQUEST, OutgoingResponse.of(200)));
            case Offer update ->
                inOrder(session, update, same, ordered ->
                        offers.agree(ordered, same, update, agreed -> offers.refreshed(
                                ordered.with(ordered.dialog().received(update.cseq(), update.contact())), same, agreed)));
            case Expired(var timer) when timer == CallTimer.SESSION -> refreshing.expired(session);
            case PartingKnown(var parting) -> Step.to(same.apply(session.parting(parting)));
            case Refer wanted -> referring.begin(session, same, wanted);
            case Answer(var request, var answer) when request.method().equals(SipRequest.REFER) ->
                referring.answered(session, same, request, answer);
            case Expired(var timer) when timer == CallTimer.REFERRAL -> referring.silent(session, same);
            case HandOver refer -> inOrder(session, refer, same, ordered -> handingOver.begin(ordered, same, refer));
            case HandOverTold told -> handingOver.told(session, same, told);
            case Expired(var timer) when timer == CallTimer.HAND_OVER -> handingOver.silent(session, same);
            case Notify notify -> inOrder(session, notify, same, ordered -> referring.notified(ordered, same, notify));
            case Answer(var request, var answer) -> refreshing.answered(session, same, request, answer);
            case AnswerAgain(var cseq) ->
                Step.to(same.apply(session), new Acknowledge(session.dialog().ack(cseq)));
            case Other other ->
                inOrder(session, other, same, ordered ->
                        Step.to(same.apply(ordered), new Respond(Transaction.REQUEST, Replies.other(other.method()))));
            case Info info -> inOrder(session, info, same, ordered -> told(ordered, same, info.key()));
            // No provisional response waits for a PRACK (RFC 3262 section 3).
            case Prack prack ->
                inOrder(session, prack, same, ordered ->
                        Step.to(same.apply(ordered), new Respond(Transaction.REQUEST, OutgoingResponse.of(481))));
            default -> Step.to(same.apply(session));
        };
    }

    private static Step told(Session session, Function<Session, CallState> same, ToldKey key) {
        Step step = Step.to(same.apply(session), new Respond(Transaction.REQUEST, Replies.told(key)));
        return key instanceof ToldKey.Pressed(var digit, var millis)
                ? Steps.after(step, List.of(new PublishKey(digit, millis, session.owners())))
                : step;
    }

    private Step told(Session session, Function<Session, CallState> same, Envelope envelope) {
        return switch (envelope.record()) {
            // The relay narrowed its offer after the answer.
            case MediaReady ready when ready.revision() == session.revision()
                    && session.owners().relay().filter(ready.relay()::equals).isPresent() ->
                Step.to(same.apply(session.negotiated(session.offer(), ready.sdpAnswer(), ready.revision())));
            case CallHeartbeat beat when session.owners().relay().filter(beat.relay()::equals).isPresent() ->
                Step.to(same.apply(session), new Start(CallTimer.HEARTBEAT, times.heartbeat()));
            case AgentJoined joined -> attending.somebodyThere(session, same);
            // The callee waits for nobody: the parent's dispatcher looks after agents.
            case AgentLeft gone when gone.alone() && session.leg().isEmpty() ->
                attending.left(session.left(Optional.of(gone.agent())), same, gone.route());
            case EndCall command -> farewells.hangUp(session, command.reason(), command.detail(), Optional.of(envelope));
            case CompleteTransfer command -> Consultation.complete(session, same, command);
            // Another service now looks after whoever has the caller.
            case TransferSucceeded done when done.way() != TransferWay.REFER -> attending.somebodyThere(session, same);
            case AgentUnavailable none -> attending.unavailable(session, same, none, envelope);
            case CallEnded ended -> farewells.letGo(session, ended.reason());
            case CallRejected refusal -> farewells.letGo(session, EndReason.REQUESTED);
            default -> Step.to(same.apply(session));
        };
    }

    /** RFC 3261 section 12.2.2: a request whose CSeq is not above the last one's comes out of order. */
    private static Step inOrder(
            Session session, DialogRequest request, Function<Session, CallState> same, Function<Session, Step> then) {
        return request.cseq() <= session.dialog().remoteCseq()
                ? Step.to(same.apply(session), new Respond(Transaction.REQUEST, OutgoingResponse.of(SERVER_ERROR)))
                : then.apply(session.with(session.dialog().received(request.cseq(), Optional.empty())));
    }

    private static OutgoingResponse later() {
        return OutgoingResponse.of(SERVER_ERROR).with(SipHeader.retryAfter(1));
    }
}
