package dev.trunkline.dispatcher.livekit;

import livekit.LivekitModels.ParticipantInfo;

/**
 * A participant in a room.
 *
 * @param agent whether a worker's job brought it there
 * @param agentName the worker's name, which LiveKit puts into the token that it issues with a job; empty for
 *     none
 */
public record Participant(String identity, boolean agent, String agentName) {
    private static final String AGENT_NAME = "lk.agent_name";

    static Participant of(ParticipantInfo told) {
        boolean agent = told.getKind() == ParticipantInfo.Kind.AGENT;
        return new Participant(told.getIdentity(), agent, told.getAttributesOrDefault(AGENT_NAME, ""));
    }
}
