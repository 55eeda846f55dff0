package dev.trunkline.events;

import java.util.Objects;

/**
 * The phone of this call had another call with the suite, and has joined the two: whoever is in this call's room speaks with whoever
 * is in the other's, and the phone is gone. Both calls say it; they go on, and end together.
 *
 * @param transfer id of the phone's wish, the same in both
 * @param with the other call
 */
public record CallJoined(CallId callId, String transfer, CallId with) implements CallEvent {
    public CallJoined {
        Objects.requireNonNull(callId, "callId");
        Objects.requireNonNull(transfer, "transfer");
        Objects.requireNonNull(with, "with");
    }
}
