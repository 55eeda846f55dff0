package dev.trunkline.events;

import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;

/**
 * An event or command with its CloudEvents 1.0 attributes.
 *
 * @param id {@code ce_id}; a repeated event has the same one
 * @param source {@code ce_source}, for example {@code /sip-edge/edge-1}
 * @param owners {@code ce_edge} and {@code ce_relay}: the holders of the dialog and the media, which can pick out
 *     their calls by it without parsing the rest
 * @param traceparent W3C trace context; the trace id is the call id
 */
public record Envelope(
        UUID id, String source, Instant time, Owners owners, String traceparent, CallRecord record) {

    public Envelope {
        Objects.requireNonNull(id, "id");
        Objects.requireNonNull(record, "record");
    }

    public CallId callId() {
        return record.callId();
    }

    /** Which processes hold the call's dialog and media, as far as is known. */
    public record Owners(Optional<String> edge, Optional<String> relay) {

        public static final Owners NONE = new Owners(Optional.empty(), Optional.empty());

        public static Owners edge(String edge) {
            return new Owners(Optional.of(edge), Optional.empty());
        }

        public Owners withRelay(String relay) {
            return new Owners(edge, Optional.of(relay));
        }
    }
}
