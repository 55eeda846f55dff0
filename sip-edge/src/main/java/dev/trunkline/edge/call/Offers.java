package dev.trunkline.edge.call;

import dev.trunkline.edge.call.CallInput.Offer;
import dev.trunkline.edge.call.CallInput.TakenOver;
import dev.trunkline.edge.call.CallState.Answered;
import dev.trunkline.edge.call.CallState.ReinvitePending;
import dev.trunkline.edge.call.CallState.Up;
import dev.trunkline.edge.call.Effect.Moved;
import dev.trunkline.edge.call.Effect.PublishOffered;
import dev.trunkline.edge.call.Effect.Respond;
import dev.trunkline.edge.call.Effect.Send;
import dev.trunkline.edge.call.Effect.Start;
import dev.trunkline.edge.call.Effect.Transaction;
import dev.trunkline.edge.dialog.Dialog;
import dev.trunkline.edge.refresh.TimerPolicy;
import dev.trunkline.edge.refresh.TimerPolicy.Verdict.Agreed;
import dev.trunkline.edge.refresh.TimerPolicy.Verdict.TooSmall;
import dev.trunkline.events.EndReason;
import dev.trunkline.events.MediaOffered;
import dev.trunkline.sip.message.OutgoingResponse;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** Offers of the phone in an established call, and of a phone that takes its place. */
final class Offers {
    private static final int REQUEST_PENDING = 491;
    private static final int NO_DIALOG = 481;

    private final CallTimes times;
    private final TimerPolicy timers;
    private final Refreshing refreshing;

    Offers(CallTimes times, TimerPolicy timers, Refreshing refreshing) {
        this.times = times;
        this.timers = timers;
        this.refreshing = refreshing;
    }

    /** Handles a re-INVITE or UPDATE that is in order. */
    Step offered(Session before, Offer offer) {
        boolean offers = offer.invite() || offer.offer().isPresent();
        if (offers && before.refresh().filter(Session.Refresh::invites).isPresent()) {
            // Glare: our own re-INVITE has no answer yet (RFC 3261 section 14.2, RFC 3311 section 5.2).
            return Step.to(new Up(before), new Respond(Transaction.REQUEST, OutgoingResponse.of(REQUEST_PENDING)));
        }
        return agree(before, Up::new, offer, agreed -> {
            Dialog moved = before.dialog().received(offer.cseq(), offer.contact());
            if (!offers) {
                return refreshed(before.with(moved), Up::new, agreed);
            }
            String description = offer.offer().orElse("");
            // The same offer again refreshes the session (RFC 4028).
            if (!description.isEmpty() && description.equals(before.offer())) {
                return accept(before.with(moved), Transaction.REQUEST, offer.invite(), offer.cseq(), false, agreed);
            }
            int revision = before.lastRevision() + 1;
            Session session =
                    before.with(before.dialog().received(offer.cseq(), Optional.empty())).offered(revision);
            return Step.to(
                    new ReinvitePending(
                            session, offer.invite(), offer.cseq(), description, revision, offer.contact(), agreed, Optional.empty()),
                    new PublishOffered(
                            new MediaOffered(session.call(), revision, description),
                            moved.with(agreed.timer()),
                            session.owners()),
                    new Start(CallTimer.OFFER, times.offer()));
        });
    }

    /**
     * Another phone asks for the call's place. Its offer is treated as one of the call's own, and its dialog becomes
     * the call's once the offer is answered.
     */
    Step takenOver(Session before, TakenOver other) {
        if (before.isJoined()) {
            return Step.to(new Up(before), new Respond(Transaction.REQUEST, OutgoingResponse.of(NO_DIALOG)));
        }
        if (before.isGone() || before.joint().isPresent() || HandingOver.isOpen(before) || before.refresh().isPresent()) {
            return Step.to(new Up(before), new Respond(Transaction.REQUEST, OutgoingResponse.of(REQUEST_PENDING)));
        }
        Offer offer = new Offer(true, other.cseq(), other.offer(), Optional.empty(), other.timer());
        return agree(before, Up::new, offer, agreed -> {
            int revision = before.lastRevision() + 1;
            String description = other.offer().orElse("");
            Session session = before.offered(revision);
            return Step.to(
                    new ReinvitePending(
                            session, true, other.cseq(), description, revision, Optional.empty(), agreed, Optional.of(other.dialog())),
                    new PublishOffered(
                            new MediaOffered(session.call(), revision, description), other.dialog().with(agreed.timer()), session.owners()),
                    new Start(CallTimer.OFFER, times.offer()));
        });
    }

    /** Handles session timers first: a request for too short an interval is refused (RFC 4028 section 9). */
    Step agree(
            Session session, Function<Session, CallState> same, Offer offer, Function<Agreed, Step> then) {
        return switch (timers.judge(offer.timer(), session.dialog().timer())) {
            case TooSmall(var minimum) ->
                Step.to(same.apply(session), new Respond(Transaction.REQUEST, Replies.intervalTooSmall(minimum)));
            case Agreed agreed -> then.apply(agreed);
        };
    }

    /** Answers an UPDATE without an offer at once. */
    Step refreshed(Session before, Function<Session, CallState> same, Agreed agreed) {
        Session session = before.with(before.dialog().with(agreed.timer()));
        OutgoingResponse reply = Replies.updated().with(agreed.headers());
        return Steps.after(
                Step.to(same.apply(session), new Respond(Transaction.REQUEST, reply)),
                refreshing.began(session.dialog()));
    }

    /** The relay has answered, or is not awaited. */
    Step accept(Session before, Transaction transaction, ReinvitePending pending) {
        if (pending.taker().isPresent()) {
            Session session = before.with(pending.taker().get());
            Step step = accept(session, transaction, true, pending.cseq(), pending.offer().isEmpty(), pending.agreed());
            Dialog taken = step.next() instanceof Answered answered ? answered.session().dialog() : session.dialog();
            return Steps.after(
                    Steps.before(new Moved(taken), step),
                    List.of(new Send(Farewells.bye(before.dialog(), EndReason.ANSWERED_ELSEWHERE))));
        }
        Session session = before.with(before.dialog().answered(pending.contact()));
        return accept(session, transaction, pending.invite(), pending.cseq(), pending.offer().isEmpty(), pending.agreed());
    }

    private Step accept(
            Session before, Transaction transaction, boolean invite, long cseq, boolean offers, Agreed agreed) {
        Session session = before.with(before.dialog().with(agreed.timer()));
        OutgoingResponse reply = Replies.accepted(session.dialog().localTag(), session.answer()).with(agreed.headers());
        Step step = invite
                ? Step.to(
                        new Answered(session, cseq, times.t1(), offers),
                        new Respond(transaction, reply),
                        new Start(CallTimer.RETRANSMIT, times.t1()),
                        new Start(CallTimer.ACK, times.ack()))
                : Step.to(new Up(session), new Respond(transaction, reply));
        return Steps.after(step, refreshing.began(session.dialog()));
    }
}
