package dev.trunkline.edge.call;

import dev.trunkline.events.Agent;
import dev.trunkline.events.AgentUnavailable;
import dev.trunkline.events.CallId;
import dev.trunkline.events.CallRouted;
import dev.trunkline.events.Fallback;
import dev.trunkline.events.FallbackKind;
import dev.trunkline.events.RoomEntry;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * How long the dispatcher waits for somebody who listens to the caller, and what is to be done if that is in vain: for the
 * edge, where the dispatcher says nothing. It holds for people at a desk as for agents, as in the dispatcher.
 *
 * @param agents who is asked for
 * @param whole of the rule and of the agents of its fallback
 * @param left what follows in the fallback
 */
record Patience(List<String> agents, Duration whole, List<Fallback> left) {
    /** Three tries at a PIN of ten seconds each, and what lies between; nobody is asked for before. */
    private static final Duration PIN = Duration.ofSeconds(40);

    static final String WHY = "Nobody said within the rule's patience what became of the agent.";

    Patience {
        agents = List.copyOf(agents);
        left = List.copyOf(left);
    }

    static Patience of(CallRouted route) {
        var agents = new ArrayList<>(route.agents().stream().map(Agent::name).toList());
        Duration whole = Duration.ofSeconds(route.patienceSeconds());
        int asked = 0;
        for (Fallback step : route.fallback()) {
            if (step.kind() != FallbackKind.AGENT) {
                break;
            }
            agents.add(step.target());
            whole = whole.plusSeconds(step.patienceSeconds() > 0 ? step.patienceSeconds() : route.patienceSeconds());
            asked++;
        }
        boolean pin = route.entry().flatMap(RoomEntry::sealedPin).isPresent();
        return new Patience(
                agents, pin ? whole.plus(PIN) : whole, route.fallback().subList(asked, route.fallback().size()));
    }

    /** What the dispatcher would have said. */
    AgentUnavailable unavailable(CallId call) {
        return new AgentUnavailable(call, agents, (int) whole.toSeconds(), WHY, left);
    }
}
