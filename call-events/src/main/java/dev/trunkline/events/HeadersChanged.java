package dev.trunkline.events;

import java.util.Objects;

/**
 * What the edge is to put on a BYE or a REFER of the suite's has changed: attributes of the caller's participant as SIP headers, as
 * {@link ParticipantSettings#attributesToHeaders} names them. Of an answered call; the last one counts, and replaces what was said before.
 *
 * @param relay that has the call
 * @param sealedHeaders {@link dev.trunkline.events.privacy.GivenHeaders}, sealed for the call's id
 */
public record HeadersChanged(CallId callId, String relay, String sealedHeaders) implements CallEvent {
    public HeadersChanged {
        Objects.requireNonNull(callId, "callId");
        Objects.requireNonNull(relay, "relay");
        Objects.requireNonNull(sealedHeaders, "sealedHeaders");
    }
}
