package dev.trunkline.edge.call;

import dev.trunkline.events.Agent;
import dev.trunkline.events.AgentUnavailable;
import dev.trunkline.events.CallId;
import dev.trunkline.events.CallRouted;
import dev.trunkline.events.Fallback;
import dev.trunkline.events.FallbackKind;
import dev.trunkline.events.ForwardPlan;
import dev.trunkline.events.RoomEntry;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * How long the suite waits for somebody who takes the call, and what is to be done if that is in vain: for the edge, where
 * dispatcher or relay say nothing. It holds for people at a desk as for agents, as in the dispatcher.
 *
 * @param awaited who is waited for
 * @param agents who is asked for
 * @param whole of the rule and of the agents of its fallback; of all rounds of a forward; of all that is left of a fallback
 * @param left what follows in the fallback, or what is being carried out of it
 */
record Patience(Awaited awaited, List<String> agents, Duration whole, List<Fallback> left) {
    /** Three tries at a PIN of ten seconds each, and what lies between; nobody is asked for before. */
    private static final Duration PIN = Duration.ofSeconds(40);
    /** Until a target rings: the router decides, the limiter counts, a relay joins, and gateways are tried. */
    private static final Duration SET_UP = Duration.ofSeconds(5);
    /** Of a step that does not say it. */
    private static final Duration RINGING = Duration.ofSeconds(20);
    /** The relay gives an announcement five minutes, and then goes on. */
    private static final Duration ANNOUNCEMENT = Duration.ofMinutes(5).plus(SET_UP);
    /** The relay gives a message this: 10 s for the answer, the greeting, five minutes, and its storing. */
    private static final Duration MESSAGE = Duration.ofSeconds(10 + 125 + 330).plus(SET_UP);
    /** Beyond the ringing: of a REFER nothing may be heard for 30 s ({@link Referring#SILENCE}), twice, and then it is over. */
    private static final Duration REFER = Duration.ofSeconds(70);

    static final String WHY = "Nobody said within the rule's patience what became of the agent.";

    /** Who shall take the call. */
    enum Awaited {
        /** An agent or a person, whom the dispatcher looks after. */
        AGENT,
        /** A target of the route's forward, which the relay walks through. */
        TARGET,
        /** Whoever the rest of the fallback reaches, which the relay walks through. */
        FALLBACK
    }

    Patience {
        agents = List.copyOf(agents);
        left = List.copyOf(left);
    }

    static Patience of(CallRouted route) {
        Patience without = route.forward().map(Patience::of).orElseGet(() -> forAgents(route));
        boolean pin = route.entry().flatMap(RoomEntry::sealedPin).isPresent();
        return pin ? new Patience(without.awaited, without.agents, without.whole.plus(PIN), without.left) : without;
    }

    private static Patience forAgents(CallRouted route) {
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
        return new Patience(Awaited.AGENT, agents, whole, route.fallback().subList(asked, route.fallback().size()));
    }

    private static Patience of(ForwardPlan plan) {
        Duration whole = plan.rounds().stream()
                .map(round -> Duration.ofSeconds(round.ringingSeconds()).plus(SET_UP))
                .reduce(Duration.ZERO, Duration::plus);
        return new Patience(Awaited.TARGET, List.of(), whole, List.of());
    }

    /** Of what the relay carries out once no agent came. */
    static Patience of(AgentUnavailable none) {
        Duration whole = none.fallback().stream().map(Patience::of).reduce(Duration.ZERO, Duration::plus);
        return new Patience(Awaited.FALLBACK, none.agents(), whole, none.fallback());
    }

    private static Duration of(Fallback step) {
        return switch (step.kind()) {
            case FORWARD -> ringing(step).plus(SET_UP);
            case ANNOUNCEMENT -> ANNOUNCEMENT;
            case VOICEMAIL -> MESSAGE;
            case REFER -> ringing(step).plus(REFER);
            case AGENT, REFUSE -> Duration.ZERO;
        };
    }

    private static Duration ringing(Fallback step) {
        return step.patienceSeconds() > 0 ? Duration.ofSeconds(step.patienceSeconds()) : RINGING;
    }

    /** What the dispatcher would have said. */
    AgentUnavailable unavailable(CallId call) {
        return new AgentUnavailable(call, agents, (int) whole.toSeconds(), WHY, left);
    }
}
