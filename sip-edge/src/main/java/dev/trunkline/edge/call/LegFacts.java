package dev.trunkline.edge.call;

import dev.trunkline.events.CallId;
import dev.trunkline.events.CallRouted;
import dev.trunkline.events.Envelope;
import dev.trunkline.events.OutgoingLeg;
import java.util.Optional;

/**
 * What is known of a call out from its admission on.
 *
 * @param leg how it goes out, as its route says
 * @param tag of our side of each dialog that its INVITE may make
 * @param admitted the event that let it out
 */
public record LegFacts(CallRouted route, OutgoingLeg leg, String tag, Envelope admitted) {

    public CallId id() {
        return route.callId();
    }

    Optional<CallId> parent() {
        return leg.parent();
    }

    /** Says nothing of whom it reaches. */
    @Override
    public String toString() {
        return "LegFacts[" + id() + "]";
    }
}
