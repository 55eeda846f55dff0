package dev.trunkline.events;

import java.util.Objects;
import java.util.Optional;

/**
 * A person who is with the caller wants to give the caller back to the agent of the route. The person stays until the agent answers,
 * {@link AgentJoined}; where none comes, {@link AgentMissed}, the call goes on as it was.
 *
 * @param by who in the room asks, as {@link AgentJoined#agent} names it
 * @param agent who had answered the caller before and is wanted back, by the name of its worker; empty where no agent had
 * @param route the call's route, of whose agents one is to come
 */
public record AgentWanted(CallId callId, String by, Optional<String> agent, Optional<CallRouted> route) implements CallEvent {
    public AgentWanted {
        Objects.requireNonNull(by, "by");
        agent = agent == null ? Optional.empty() : agent;
        route = route == null ? Optional.empty() : route;
    }
}
