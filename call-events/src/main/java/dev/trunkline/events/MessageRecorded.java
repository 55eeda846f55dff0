package dev.trunkline.events;

import java.time.Instant;
import java.util.Objects;
import java.util.UUID;

/**
 * A caller left a message, and it is stored. Published once it is stored: usually right before the call's last event, after it if the
 * caller hung up, and long after it if the store was unavailable.
 *
 * @param message its id, by which the organisation fetches it
 * @param organisationId its owner
 * @param recordedAt when the recording began
 * @param millis how long it is, 1 or more
 * @param keptUntil when it is deleted
 */
public record MessageRecorded(
        CallId callId,
        String relay,
        UUID message,
        String organisationId,
        Instant recordedAt,
        long millis,
        MessageEnd ended,
        Instant keptUntil)
        implements CallEvent {

    public MessageRecorded {
        Objects.requireNonNull(callId, "callId");
        Objects.requireNonNull(relay, "relay");
        Objects.requireNonNull(message, "message");
        Objects.requireNonNull(organisationId, "organisationId");
        Objects.requireNonNull(recordedAt, "recordedAt");
        Objects.requireNonNull(ended, "ended");
        Objects.requireNonNull(keptUntil, "keptUntil");
    }
}
