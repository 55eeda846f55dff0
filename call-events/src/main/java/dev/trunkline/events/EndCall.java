package dev.trunkline.events;

import java.time.Instant;
import java.util.Objects;
import java.util.Optional;

/**
 * Asks the edge to end the call.
 *
 * @param requestedBy the service or person that asks, for example {@code media-relay}
 * @param detail one sentence for the trace; never a caller's number
 * @param mediaUntil when the last packet of the caller was heard, where the call lost its media: the talk ended then
 */
public record EndCall(
        CallId callId, EndReason reason, String requestedBy, String detail, Optional<Instant> mediaUntil)
        implements CallCommand {
    public EndCall {
        Objects.requireNonNull(callId, "callId");
        Objects.requireNonNull(reason, "reason");
        Objects.requireNonNull(requestedBy, "requestedBy");
        Objects.requireNonNull(detail, "detail");
        mediaUntil = mediaUntil == null ? Optional.empty() : mediaUntil;
    }

    /** The end of a call whose talk ends with it. */
    public EndCall(CallId callId, EndReason reason, String requestedBy, String detail) {
        this(callId, reason, requestedBy, detail, Optional.empty());
    }
}
