package dev.trunkline.events;

import java.util.Objects;
import java.util.Optional;

/**
 * The phone of this call had another call with the suite, and has joined the two: the people in this call's room speak with those in
 * the other's, and the phone is gone. The event is published for both calls; they continue, and end together.
 *
 * @param transfer id of the phone's request, the same in both
 * @param with the other call
 * @param edge id of the edge that has the other call; empty if it is the edge that has this one
 */
public record CallJoined(CallId callId, String transfer, CallId with, Optional<String> edge) implements CallEvent {
    public CallJoined {
        Objects.requireNonNull(callId, "callId");
        Objects.requireNonNull(transfer, "transfer");
        Objects.requireNonNull(with, "with");
        edge = edge == null ? Optional.empty() : edge;
    }
}
