package dev.trunkline.events;

import java.util.List;

/**
 * Targets that ring at the same time.
 *
 * @param targets the first to answer gets the call; at least one
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
