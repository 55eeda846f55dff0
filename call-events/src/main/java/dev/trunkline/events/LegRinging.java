package dev.trunkline.events;

import java.util.Optional;

/**
 * A call out rings, or is on its way: a provisional response (RFC 3261 section 21.1) other than 100. Told when it changes.
 *
 * @param parent the call for whose caller it is made, where there is one
 * @param gateway that the INVITE went to, {@code host} or {@code host:port}
 * @param status 180 to 199
 * @param earlyMedia whether it brought a session description: what the other side sends is to be heard already
 */
public record LegRinging(CallId callId, Optional<CallId> parent, String gateway, int status, boolean earlyMedia)
        implements CallEvent {

    public LegRinging {
        parent = parent == null ? Optional.empty() : parent;
    }
}
