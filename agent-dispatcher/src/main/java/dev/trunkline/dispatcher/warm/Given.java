package dev.trunkline.dispatcher.warm;

import java.util.List;

/**
 * A room in which agents wait, and which belongs to a call from now on.
 *
 * @param dispatches LiveKit's ids, in the order of the agents
 */
public record Given(String room, List<String> dispatches) {
    public Given {
        dispatches = List.copyOf(dispatches);
    }
}
