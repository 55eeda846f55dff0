package dev.trunkline.events;

import java.util.Objects;
import java.util.Optional;

/**
 * Somebody who had answered the caller has left the room.
 *
 * @param agent as {@link AgentJoined} named it
 * @param kind LiveKit's participant kind, lower case: {@code agent}, {@code standard}
 * @param why LiveKit's reason, lower case with hyphens, for example {@code client-initiated}, {@code signal-close} if the
 *     connection broke, {@code participant-removed}; {@code unknown} if LiveKit gives none
 * @param stayedMillis since {@link AgentJoined} of the same agent
 * @param alone whether nobody who could answer is left, in which case {@link CallRouted#whenAgentLeaves} decides what
 *     happens next
 * @param route the call's route if a replacement is to be found; else empty
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
