package dev.trunkline.events;

import java.util.Objects;

/**
 * Asks the edge to end the call.
 *
 * @param requestedBy the service or person that asks, for example {@code media-relay}
 * @param detail one sentence for the trace; never a caller's number
 */
public record EndCall(CallId callId, EndReason reason, String requestedBy, String detail) implements CallCommand {
    public EndCall {
        Objects.requireNonNull(callId, "callId");
        Objects.requireNonNull(reason, "reason");
        Objects.requireNonNull(requestedBy, "requestedBy");
        Objects.requireNonNull(detail, "detail");
    }
}
