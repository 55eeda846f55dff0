package dev.trunkline.events;

import java.util.Objects;
import java.util.Optional;

/**
 * The phone of this call had another call with the suite, and has joined the two: whoever is in this call's room speaks with whoever
 * is in the other's, and the phone is gone. Both calls say it; they go on, and end together.
 *
 * @param transfer id of the phone's wish, the same in both
 * @param with the other call
 * @param edge id of the edge that has the other call; empty where it is the same as has this one
 */
public record CallJoined(CallId callId, String transfer, CallId with, Optional<String> edge) implements CallEvent {
    public CallJoined {
        Objects.requireNonNull(callId, "callId");
        Objects.requireNonNull(transfer, "transfer");
        Objects.requireNonNull(with, "with");
        edge = edge == null ? Optional.empty() : edge;
    }
}
