package dev.trunkline.events;

import com.fasterxml.jackson.annotation.JsonSetter;
import com.fasterxml.jackson.annotation.Nulls;
import java.util.List;
import java.util.Optional;

/**
 * No agent came.
 *
 * @param agents everybody who was asked for, including those of the fallback
 * @param patienceSeconds total time that was waited
 * @param why in words; it names the next step of the fallback if there is one
 * @param fallback the remaining steps, in order, for the service that can carry them out; empty for none
 * @param left who had answered before and left, so that the caller was alone; empty if nobody had come
 */
public record AgentUnavailable(
        CallId callId,
        List<String> agents,
        int patienceSeconds,
        String why,
        @JsonSetter(nulls = Nulls.AS_EMPTY) List<Fallback> fallback,
        Optional<String> left)
        implements CallEvent {

    public AgentUnavailable {
        agents = List.copyOf(agents);
        fallback = List.copyOf(fallback);
        left = left == null ? Optional.empty() : left;
    }

    /** Nobody came at all. */
    public AgentUnavailable(CallId callId, List<String> agents, int patienceSeconds, String why, List<Fallback> fallback) {
        this(callId, agents, patienceSeconds, why, fallback, Optional.empty());
    }

    /** Nobody came, and nothing is left to try. */
    public AgentUnavailable(CallId callId, List<String> agents, int patienceSeconds, String why) {
        this(callId, agents, patienceSeconds, why, List.of());
    }
}
