package dev.trunkline.events;

import java.util.List;

/**
 * Those who ring at once.
 *
 * @param targets the first who answers has the call; at least one
 * @param ringingSeconds how long they may ring, 1 or more
 */
public record ForwardRound(List<ForwardTarget> targets, int ringingSeconds) {

    public ForwardRound {
        targets = List.copyOf(targets);
        if (targets.isEmpty()) {
            throw new IllegalArgumentException("a round has at least one target");
        }
    }
}
