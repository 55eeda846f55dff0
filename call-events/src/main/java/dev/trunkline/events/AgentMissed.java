package dev.trunkline.events;

import java.util.List;
import java.util.Objects;

/**
 * None of the agents requested by {@link AgentWanted} came. Whoever is with the caller keeps the caller.
 *
 * @param agents everybody who was asked for
 * @param patienceSeconds total time that was waited
 * @param why in words
 */
public record AgentMissed(CallId callId, List<String> agents, int patienceSeconds, String why) implements CallEvent {
    public AgentMissed {
        agents = List.copyOf(agents);
        Objects.requireNonNull(why, "why");
    }
}
