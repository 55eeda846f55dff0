package dev.trunkline.events;

import java.util.Optional;

/**
 * An outbound call rings, or is in progress: a provisional response (RFC 3261 section 21.1) other than 100. Published when
 * it changes.
 *
 * @param parent the call for whose caller it is made, if there is one
 * @param gateway that the INVITE went to, {@code host} or {@code host:port}
 * @param status 180 to 199
 * @param earlyMedia whether the response included a session description: what the other side sends is already to be heard
 */
public record LegRinging(CallId callId, Optional<CallId> parent, String gateway, int status, boolean earlyMedia)
        implements CallEvent {

    public LegRinging {
        parent = parent == null ? Optional.empty() : parent;
    }
}
