package dev.trunkline.edge.call;

import dev.trunkline.edge.dialog.Dialog;
import dev.trunkline.edge.refresh.TimerPolicy;
import dev.trunkline.events.AnswerPolicy;
import dev.trunkline.events.CallEvent;
import dev.trunkline.events.Envelope;
import dev.trunkline.events.Envelope.Owners;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;

/** Where a call is; {@link CallMachine} shows the ways between. */
public sealed interface CallState
        permits CallState.Deciding, CallState.Settling, CallState.Ringing, CallState.Answered, CallState.Up,
                CallState.ReinvitePending, CallState.Orphaned, CallState.Ended, LegState {

    /** The relay that has the call; empty while none has, and when that matters no more. */
    default Optional<String> relay() {
        return switch (this) {
            case Deciding deciding -> Optional.empty();
            case Settling late -> Optional.empty();
            case Ringing ringing -> ringing.owners().relay();
            case Answered answered -> answered.session().owners().relay();
            case Up up -> up.session().owners().relay();
            case ReinvitePending pending -> pending.session().owners().relay();
            case Orphaned orphaned -> orphaned.session().owners().relay().filter(taken -> orphaned.offer().isPresent());
            case Ended ended -> Optional.empty();
            case LegState leg -> leg.owners().relay();
        };
    }

    /** 100 is sent and the suite is asked. */
    record Deciding(CallFacts facts, Owners owners) implements CallState {}

    /**
     * The INVITE has its final response, and somebody else may have refused the call just before: router or limiter, or
     * once it is admitted the relay that takes it.
     *
     * @param last what the edge will say of the call if nobody else has said a last event
     * @param outcome as the caller heard it
     * @param admitted whether it is a relay that may have the last word
     * @param reading whether all is being read that they may have said
     */
    record Settling(CallFacts facts, Owners owners, CallEvent last, String outcome, boolean admitted, boolean reading)
            implements CallState {

        Settling readingOn() {
            return new Settling(facts, owners, last, outcome, admitted, true);
        }

        Settling admittedMeanwhile() {
            return new Settling(facts, owners, last, outcome, true, false);
        }

        Settling with(String relay) {
            return new Settling(facts, owners.withRelay(relay), last, outcome, admitted, reading);
        }
    }

    /**
     * Admitted: 180 is sent.
     *
     * @param session the relay's session description, once it is there
     * @param phones the caller's, where the relay's was an offer that went with a reliable provisional response
     * @param unacknowledged the reliable provisional response that waits for its PRACK
     * @param patience what is waited for, and what is left to do when nobody says what became of it
     * @param tried those to whom the caller was to go on, and who did not take the call
     * @param cause the event that brought it here
     */
    record Ringing(
            CallFacts facts,
            Owners owners,
            AnswerPolicy policy,
            boolean agentHere,
            Optional<String> session,
            Optional<String> phones,
            Optional<Provisional> unacknowledged,
            Patience patience,
            Tried tried,
            Envelope cause)
            implements CallState {

        Ringing with(CallFacts changed) {
            return new Ringing(changed, owners, policy, agentHere, session, phones, unacknowledged, patience, tried, cause);
        }

        Ringing joined(Envelope by) {
            return new Ringing(facts, owners, policy, true, session, phones, unacknowledged, patience, tried, by);
        }

        Ringing left(Envelope by) {
            return new Ringing(facts, owners, policy, false, session, phones, unacknowledged, patience, tried, by);
        }

        Ringing waitingFor(Patience other) {
            return new Ringing(facts, owners, policy, agentHere, session, phones, unacknowledged, other, tried, cause);
        }

        Ringing having(Tried more) {
            return new Ringing(facts, owners, policy, agentHere, session, phones, unacknowledged, patience, more, cause);
        }

        Ringing ready(String relay, String description, Envelope by) {
            return new Ringing(
                    facts, owners.withRelay(relay), policy, agentHere, Optional.of(description), phones, unacknowledged,
                    patience, tried, by);
        }

        Ringing waiting(Provisional sent) {
            return new Ringing(facts, owners, policy, agentHere, session, phones, Optional.of(sent), patience, tried, cause);
        }

        /** @param answer that the PRACK brought */
        Ringing acknowledged(Optional<String> answer) {
            return new Ringing(facts, owners, policy, agentHere, session, answer.or(() -> phones), Optional.empty(), patience,
                    tried, cause);
        }
    }

    /**
     * A reliable provisional response (RFC 3262).
     *
     * @param offers whether it has our offer
     * @param interval until it is sent again
     */
    record Provisional(long rseq, boolean offers, Duration interval) {}

    /**
     * A 2xx is sent, and its ACK is awaited.
     *
     * @param cseq of the INVITE or re-INVITE that was answered
     * @param interval until the 2xx is sent again
     * @param offers whether the 2xx has our offer, so that the ACK must bring the answer
     */
    record Answered(Session session, long cseq, Duration interval, boolean offers) implements CallState {}

    /** Caller and relay exchange media. */
    record Up(Session session) implements CallState {}

    /**
     * A new offer waits for the relay's answer, or the wish for one for its offer.
     *
     * @param offer empty where we shall offer
     * @param invite true for a re-INVITE, false for an UPDATE (RFC 3311), whose 2xx has no ACK
     * @param contact the new remote target, which counts when the offer is taken (RFC 3261 section 12.2.2)
     * @param agreed on session timers, for the 2xx
     * @param taker dialog with another phone that is to take the place of the call's
     */
    record ReinvitePending(
            Session session,
            boolean invite,
            long cseq,
            String offer,
            int revision,
            Optional<String> contact,
            TimerPolicy.Verdict.Agreed agreed,
            Optional<Dialog> taker)
            implements CallState {}

    /**
     * Its relay is lost, and another is wanted.
     *
     * @param why by what it was noticed
     * @param revision of the offer that is wanted
     * @param offer of the relay that took the call up, empty while none has
     * @param cseq of the re-INVITE with that offer; empty while it waits to be sent
     */
    record Orphaned(Session session, String why, int revision, Optional<String> offer, OptionalLong cseq) implements CallState {

        /** @param sent cseq of the re-INVITE with the offer; empty while it waits to be sent */
        Orphaned offering(Session changed, OptionalLong sent) {
            return new Orphaned(changed, why, revision, offer, sent);
        }

        Orphaned with(Session changed) {
            return new Orphaned(changed, why, revision, offer, cseq);
        }
    }

    /** Over. */
    record Ended() implements CallState {}
}
