package dev.trunkline.events;

import java.util.Optional;

/**
 * The caller is on hold: the phone put the call on hold (RFC 3264 section 8.4), or somebody in the room holds the caller. Holds by phone
 * and room are independent, so a call may be held twice.
 *
 * @param by the participant in the room that holds the caller, as {@link AgentJoined#agent} names it; empty if the phone holds the call
 */
public record CallHeld(CallId callId, Optional<String> by) implements CallEvent {
    public CallHeld {
        by = by == null ? Optional.empty() : by;
    }

    /** By the phone. */
    public CallHeld(CallId callId) {
        this(callId, Optional.empty());
    }
}
