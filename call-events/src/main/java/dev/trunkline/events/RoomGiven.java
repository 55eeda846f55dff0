package dev.trunkline.events;

import java.util.List;
import java.util.Optional;

/**
 * The dispatcher's answer to the admission of a call whose rule has warm agents: the room in which they wait, or that none does. The first
 * one written for a call counts, and only until the relay has begun to join: {@link MediaReady} says where the caller is.
 *
 * @param room empty if nobody waits: then it is the route's own room
 * @param dispatches LiveKit's ids of the dispatches in the room, in the order of the route's agents; empty without a room
 */
public record RoomGiven(CallId callId, Optional<String> room, List<String> dispatches) implements CallEvent {

    public RoomGiven {
        room = room == null ? Optional.empty() : room;
        dispatches = List.copyOf(dispatches);
    }

    /** Nobody waits. */
    public static RoomGiven none(CallId callId) {
        return new RoomGiven(callId, Optional.empty(), List.of());
    }
}
