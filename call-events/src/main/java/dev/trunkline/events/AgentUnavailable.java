package dev.trunkline.events;

import com.fasterxml.jackson.annotation.JsonSetter;
import com.fasterxml.jackson.annotation.Nulls;
import java.util.List;

/**
 * No agent came.
 *
 * @param agents everybody who was asked for, those of the fallback too
 * @param patienceSeconds how long was waited in all
 * @param why in words; it names the next step of the fallback where there is one
 * @param fallback the steps that are left, in order, for whoever can carry them out; empty for none
 */
public record AgentUnavailable(
        CallId callId,
        List<String> agents,
        int patienceSeconds,
        String why,
        @JsonSetter(nulls = Nulls.AS_EMPTY) List<Fallback> fallback)
        implements CallEvent {

    public AgentUnavailable {
        agents = List.copyOf(agents);
        fallback = List.copyOf(fallback);
    }

    /** Nobody came, and nothing is left to try. */
    public AgentUnavailable(CallId callId, List<String> agents, int patienceSeconds, String why) {
        this(callId, agents, patienceSeconds, why, List.of());
    }
}
