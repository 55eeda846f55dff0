package dev.trunkline.events;

import java.util.List;

/** No agent came. {@code why} is one sentence. */
public record AgentUnavailable(CallId callId, List<String> agents, int patienceSeconds, String why)
        implements CallEvent {

    public AgentUnavailable {
        agents = List.copyOf(agents);
    }
}
