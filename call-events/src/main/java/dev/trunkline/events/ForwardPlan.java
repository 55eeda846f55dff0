package dev.trunkline.events;

import java.util.List;

/**
 * Where an inbound call is forwarded, by outbound calls that are made for its caller.
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
