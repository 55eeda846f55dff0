package dev.trunkline.events;

import java.time.Instant;
import java.util.Objects;
import java.util.UUID;

/**
 * A caller left a message, and it is in the store. Said once it is there: right before the call's last event as a rule, after it where
 * the caller hung up, and where the store was away long after it.
 *
 * @param message its id, by which the organisation fetches it
 * @param organisationId whose it is
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
