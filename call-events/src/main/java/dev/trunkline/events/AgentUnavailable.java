package dev.trunkline.events;

import com.fasterxml.jackson.annotation.JsonSetter;
import com.fasterxml.jackson.annotation.Nulls;
import java.util.List;
import java.util.Optional;

/**
 * No agent came.
 *
 * @param agents everybody who was asked for, those of the fallback too
 * @param patienceSeconds how long was waited in all
 * @param why in words; it names the next step of the fallback where there is one
 * @param fallback the steps that are left, in order, for whoever can carry them out; empty for none
 * @param left who had answered before and left, so that the caller was alone; empty where nobody had come
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
