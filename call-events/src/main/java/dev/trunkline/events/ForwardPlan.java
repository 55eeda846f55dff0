package dev.trunkline.events;

import java.util.List;

/**
 * To whom a call that came in goes on, by calls out that are made for its caller.
 *
 * @param rounds tried one after the other until somebody answers, at least one
 */
public record ForwardPlan(List<ForwardRound> rounds) {

    public ForwardPlan {
        rounds = List.copyOf(rounds);
        if (rounds.isEmpty()) {
            throw new IllegalArgumentException("a forward has at least one round");
        }
    }
}
