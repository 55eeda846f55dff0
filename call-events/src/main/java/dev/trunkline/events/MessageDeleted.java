package dev.trunkline.events;

import java.util.Objects;
import java.util.UUID;

/**
 * A message that a caller had left was deleted. Published long after the call's last event.
 *
 * @param message as in {@code call.message.recorded}
 * @param organisationId its owner
 */
public record MessageDeleted(CallId callId, UUID message, String organisationId, MessageGone why) implements CallEvent {
    public MessageDeleted {
        Objects.requireNonNull(callId, "callId");
        Objects.requireNonNull(message, "message");
        Objects.requireNonNull(organisationId, "organisationId");
        Objects.requireNonNull(why, "why");
    }
}
