package dev.trunkline.events;

import java.util.Objects;
import java.util.Optional;

/**
 * Somebody who had answered the caller has left the room.
 *
 * @param agent as {@link AgentJoined} named it
 * @param kind LiveKit's participant kind, lower case: {@code agent}, {@code standard}
 * @param why LiveKit's reason, lower case with hyphens, for example {@code client-initiated}, {@code signal-close} where the
 *     connection broke, {@code participant-removed}; {@code unknown} where LiveKit gives none
 * @param stayedMillis since {@link AgentJoined} of the same agent
 * @param alone whether nobody who could answer is left, so that {@link CallRouted#whenAgentLeaves} decides what is next
 * @param route the call's route, where somebody is to take the place that is empty now; else empty
 */
public record AgentLeft(
        CallId callId,
        String agent,
        String participantSid,
        String kind,
        String why,
        long stayedMillis,
        boolean alone,
        Optional<CallRouted> route)
        implements CallEvent {

    public AgentLeft {
        Objects.requireNonNull(agent, "agent");
        Objects.requireNonNull(why, "why");
        route = route == null ? Optional.empty() : route;
    }
}
