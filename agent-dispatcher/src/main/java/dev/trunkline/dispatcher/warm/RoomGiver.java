package dev.trunkline.dispatcher.warm;

import dev.trunkline.events.CallRouted;
import java.util.Optional;

/** Gives calls the rooms in which their agents wait. */
public interface RoomGiver {
    /**
     * Returns a room in which the route's agents wait, and which is the caller's from now on: given once, whatever becomes of
     * the call.
     */
    Optional<Given> give(CallRouted route);

    /** Closes a room that was given, and in which the call is not and will not be. Does not wait for it. */
    void takeBack(String room);
}
