package dev.trunkline.events;

import java.util.Objects;
import java.util.Optional;

/**
 * A person who is with the caller wants to hand the caller back to the agent of the route. The person stays until the agent answers,
 * {@link AgentJoined}; if none comes, {@link AgentMissed}, the call continues as it was.
 *
 * @param by the person in the room who asks, as {@link AgentJoined#agent} names it
 * @param agent the agent that had answered the caller before and is wanted back, by the name of its worker; empty if no agent had
 * @param route the call's route, which names the agents, one of which is to come
 */
public record AgentWanted(CallId callId, String by, Optional<String> agent, Optional<CallRouted> route) implements CallEvent {
    public AgentWanted {
        Objects.requireNonNull(by, "by");
        agent = agent == null ? Optional.empty() : agent;
        route = route == null ? Optional.empty() : route;
    }
}
