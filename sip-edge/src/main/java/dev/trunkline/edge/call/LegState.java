package dev.trunkline.edge.call;

import dev.trunkline.events.CallEvent;
import dev.trunkline.events.Envelope.Owners;
import java.util.Optional;

/** The state of an outbound call before its answer; {@link OutgoingCall} shows the transitions. */
public sealed interface LegState extends CallState {
    LegFacts leg();

    Owners owners();

    /** Admitted: its relay makes the offer. */
    record Offering(LegFacts leg, Owners owners) implements LegState {}

    /**
     * The call is over before a relay had it, and one may have refused it just before.
     *
     * @param last the event that the edge publishes if no other service has published a last event
     * @param reading whether everything that others may have published is being read
     */
    record Withdrawn(LegFacts leg, Owners owners, CallEvent last, String outcome, boolean reading) implements LegState {
        Withdrawn readingOn() {
            return new Withdrawn(leg, owners, last, outcome, true);
        }
    }

    /**
     * The INVITE is under way.
     *
     * @param offer the relay's session description
     * @param told the answer to it that the relay knows already
     * @param rang the last provisional response that was published; while there is none, the call is on its way
     */
    record Calling(LegFacts leg, Owners owners, String offer, Optional<String> told, Optional<Rang> rang)
            implements LegState {
        /**
         * Returns the answer to the relay's offer: that of the 2xx, or an earlier one of a provisional response.
         *
         * @param its session description of the 2xx
         */
        public Optional<String> answer(Optional<String> its) {
            return its.or(() -> told);
        }

        Calling narrowed(String description) {
            return new Calling(leg, owners, description, told, rang);
        }

        Calling rang(Rang now, Optional<String> answer) {
            return new Calling(leg, owners, offer, told.or(() -> answer), Optional.of(now));
        }
    }

    /** A provisional response. @param earlyMedia whether it brought a session description */
    record Rang(String gateway, int status, boolean earlyMedia) {}

    /** All its events are published; its INVITE is cancelled and has no final response yet. */
    record Leaving(LegFacts leg, Owners owners, String outcome) implements LegState {}
}
