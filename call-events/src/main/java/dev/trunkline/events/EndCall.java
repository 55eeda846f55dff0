package dev.trunkline.events;

import java.time.Instant;
import java.util.Objects;
import java.util.Optional;

/**
 * Asks the edge to end the call.
 *
 * @param requestedBy the service or person that asks, for example {@code media-relay}
 * @param detail one sentence for the trace; never a caller's number
 * @param mediaUntil when the caller's last packet came, if the call lost its media: the talk ended then
 * @param sealedHeaders {@link dev.trunkline.events.privacy.GivenHeaders} of the BYE, sealed for the call's id; empty for those of the
 *     last {@link HeadersChanged}
 */
public record EndCall(
        CallId callId, EndReason reason, String requestedBy, String detail, Optional<Instant> mediaUntil,
        Optional<String> sealedHeaders)
        implements CallCommand {
    public EndCall {
        Objects.requireNonNull(callId, "callId");
        Objects.requireNonNull(reason, "reason");
        Objects.requireNonNull(requestedBy, "requestedBy");
        Objects.requireNonNull(detail, "detail");
        mediaUntil = mediaUntil == null ? Optional.empty() : mediaUntil;
        sealedHeaders = sealedHeaders == null ? Optional.empty() : sealedHeaders;
    }

    /** The end of a call whose talk ends at the same time. */
    public EndCall(CallId callId, EndReason reason, String requestedBy, String detail) {
        this(callId, reason, requestedBy, detail, Optional.empty(), Optional.empty());
    }
}
