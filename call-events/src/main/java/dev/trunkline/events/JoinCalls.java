package dev.trunkline.events;

import java.util.Objects;

/**
 * What a call says to another of the same phone, which joins the two by REFER with Replaces, where another edge has that one. Edges write
 * and read it; to anybody else it means nothing.
 *
 * @param callId of the call that it is said to
 * @param transfer id of the phone's wish, the same in both
 * @param from the call that says it
 * @param edge id of the edge that has that one
 * @param sealedSaid opaque: what goes with the step, a description for example, sealed for {@code callId}
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
