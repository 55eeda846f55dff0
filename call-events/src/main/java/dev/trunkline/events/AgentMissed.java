package dev.trunkline.events;

import java.util.List;
import java.util.Objects;

/**
 * None of the agents came that were wanted by {@link AgentWanted}. Whoever is with the caller keeps the caller.
 *
 * @param agents everybody who was asked for
 * @param patienceSeconds how long was waited in all
 * @param why in words
 */
public record AgentMissed(CallId callId, List<String> agents, int patienceSeconds, String why) implements CallEvent {
    public AgentMissed {
        agents = List.copyOf(agents);
        Objects.requireNonNull(why, "why");
    }
}
