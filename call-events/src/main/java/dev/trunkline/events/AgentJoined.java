package dev.trunkline.events;

/**
 * Somebody in the room answers the caller: has published audio, or listens, as the route's {@link WaitFor} says.
 *
 * @param agent the agent's name, or the participant's identity if it has none
 * @param kind LiveKit's participant kind, lower case: {@code agent}, {@code standard}
 * @param tookMillis since the relay began to join the room
 */
public record AgentJoined(CallId callId, String agent, String participantSid, String kind, long tookMillis)
        implements CallEvent {}
