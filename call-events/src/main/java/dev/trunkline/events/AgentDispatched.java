package dev.trunkline.events;

import java.util.OptionalInt;

/**
 * LiveKit took the dispatch of an agent.
 *
 * @param tookMillis counts from the admission, or from when somebody left whose place is to be taken
 * @param attempt counts from 1 the times that this agent was asked for; LiveKit takes a dispatch also where no worker of that
 *     name is there, or all are full, so it is taken back and asked for again
 */
public record AgentDispatched(CallId callId, String agent, String dispatchId, long tookMillis, OptionalInt attempt)
        implements CallEvent {

    public AgentDispatched {
        attempt = attempt == null ? OptionalInt.empty() : attempt;
    }

    /** A dispatch of which it is not known how often it was asked for before. */
    public AgentDispatched(CallId callId, String agent, String dispatchId, long tookMillis) {
        this(callId, agent, dispatchId, tookMillis, OptionalInt.empty());
    }
}
