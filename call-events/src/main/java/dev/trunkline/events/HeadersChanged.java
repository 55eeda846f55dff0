package dev.trunkline.events;

import java.util.Objects;

/**
 * The headers that the edge puts on the suite's BYE or REFER have changed: attributes of the caller's participant as SIP headers, as
 * {@link ParticipantSettings#attributesToHeaders} names them. For an answered call; the last event counts, and replaces earlier ones.
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
