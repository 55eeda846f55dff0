package dev.trunkline.edge.call;

import dev.trunkline.events.CallId;
import dev.trunkline.events.CallRouted;
import dev.trunkline.events.Envelope;
import dev.trunkline.events.OutgoingLeg;
import java.util.Optional;

/**
 * What is known of an outbound call from its admission on.
 *
 * @param leg how it is placed, as its route says
 * @param tag of our side of each dialog that its INVITE may create
 * @param admitted the admission
 */
public record LegFacts(CallRouted route, OutgoingLeg leg, String tag, Envelope admitted) {

    public CallId id() {
        return route.callId();
    }

    Optional<CallId> parent() {
        return leg.parent();
    }

    /** Hides the callee. */
    @Override
    public String toString() {
        return "LegFacts[" + id() + "]";
    }
}
