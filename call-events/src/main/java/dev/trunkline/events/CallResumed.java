package dev.trunkline.events;

import java.util.Optional;

/**
 * A hold is over: the phone took the call off hold, or nobody in the room holds the caller any more.
 *
 * @param by the participant in the room that had held the caller, as in {@link CallHeld#by}; empty if the phone had
 *     held the call
 * @param detail what ended the hold of the room, in words; empty for the phone's
 */
public record CallResumed(CallId callId, Optional<String> by, Optional<String> detail) implements CallEvent {
    public CallResumed {
        by = by == null ? Optional.empty() : by;
        detail = detail == null ? Optional.empty() : detail;
    }

    /** By the phone. */
    public CallResumed(CallId callId) {
        this(callId, Optional.empty(), Optional.empty());
    }
}
