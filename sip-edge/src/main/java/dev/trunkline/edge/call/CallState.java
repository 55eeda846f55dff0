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

/** The state of a call; {@link CallMachine} shows the transitions. */
public sealed interface CallState
        permits CallState.Deciding, CallState.Settling, CallState.Ringing, CallState.Answered, CallState.Up,
                CallState.ReinvitePending, CallState.Orphaned, CallState.Ended, LegState {

    /** The relay that has the call; empty while none has, and when it no longer matters. */
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

    /** 100 has been sent and the suite has been asked. */
    record Deciding(CallFacts facts, Owners owners) implements CallState {}

    /**
     * The INVITE has its final response, and another service may have refused the call just before: router or limiter,
     * or, once the call is admitted, the relay that takes it.
     *
     * @param last the event that the edge publishes if no other service has published a last event
     * @param outcome as reported to the caller
     * @param admitted whether it is a relay that may have the last word
     * @param reading whether everything that those services may have published is being read
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
     * Admitted: 180 has been sent.
     *
     * @param session the relay's session description, once it is there
     * @param phones the caller's, if the relay's was an offer that went with a reliable provisional response
     * @param unacknowledged the reliable provisional response that waits for its PRACK
     * @param patience what is awaited, and what is left to do if no service reports its outcome
     * @param tried the targets to whom the caller was to be forwarded, and who did not take the call
     * @param cause the event that brought the call to this state
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

        /** @param answer from the PRACK */
        Ringing acknowledged(Optional<String> answer) {
            return new Ringing(facts, owners, policy, agentHere, session, answer.or(() -> phones), Optional.empty(), patience,
                    tried, cause);
        }
    }

    /**
     * A reliable provisional response (RFC 3262).
     *
     * @param offers whether it contains our offer
     * @param interval until it is retransmitted
     */
    record Provisional(long rseq, boolean offers, Duration interval) {}

    /**
     * A 2xx has been sent, and its ACK is awaited.
     *
     * @param cseq of the INVITE or re-INVITE that was answered
     * @param interval until the 2xx is retransmitted
     * @param offers whether the 2xx contains our offer, which means that the ACK must bring the answer
     */
    record Answered(Session session, long cseq, Duration interval, boolean offers) implements CallState {}

    /** Caller and relay exchange media. */
    record Up(Session session) implements CallState {}

    /**
     * A new offer waits for the relay's answer, or a request for an offer waits for the relay's offer.
     *
     * @param offer empty if we are to offer
     * @param invite true for a re-INVITE, false for an UPDATE (RFC 3311), whose 2xx has no ACK
     * @param contact the new remote target, which takes effect when the offer is accepted (RFC 3261 section 12.2.2)
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
     * The call's relay is lost, and another is wanted.
     *
     * @param why how the loss was noticed
     * @param revision of the offer that is wanted
     * @param offer of the relay that took the call over; empty while none has
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
