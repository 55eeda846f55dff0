package dev.trunkline.events;

import java.util.OptionalInt;

/**
 * LiveKit accepted the dispatch of an agent.
 *
 * @param tookMillis counts from the admission, or from when the person or agent to be replaced left
 * @param attempt counts, from 1, how often this agent was asked for; LiveKit accepts a dispatch even if no worker of that
 *     name exists, or all are full, so it is taken back and requested again
 */
public record AgentDispatched(CallId callId, String agent, String dispatchId, long tookMillis, OptionalInt attempt)
        implements CallEvent {

    public AgentDispatched {
        attempt = attempt == null ? OptionalInt.empty() : attempt;
    }

    /** A dispatch for which the number of earlier attempts is not known. */
    public AgentDispatched(CallId callId, String agent, String dispatchId, long tookMillis) {
        this(callId, agent, dispatchId, tookMillis, OptionalInt.empty());
    }
}
