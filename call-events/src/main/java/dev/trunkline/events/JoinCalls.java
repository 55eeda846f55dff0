package dev.trunkline.events;

import java.util.Objects;

/**
 * A message from one call to another of the same phone, which joins the two by REFER with Replaces, if the other call is on another edge.
 * Edges write and read it; it has no meaning for other services.
 *
 * @param callId of the call that receives it
 * @param transfer id of the phone's request, the same in both
 * @param from the call that sends it
 * @param edge id of the edge that has the sending call
 * @param sealedSaid opaque: data that belongs to the step, for example a session description, sealed for {@code callId}
 */
public record JoinCalls(CallId callId, String transfer, CallId from, String edge, JoinStep step, String sealedSaid) implements CallCommand {
    public JoinCalls {
        Objects.requireNonNull(callId, "callId");
        Objects.requireNonNull(transfer, "transfer");
        Objects.requireNonNull(from, "from");
        Objects.requireNonNull(edge, "edge");
        Objects.requireNonNull(step, "step");
        Objects.requireNonNull(sealedSaid, "sealedSaid");
    }
}
