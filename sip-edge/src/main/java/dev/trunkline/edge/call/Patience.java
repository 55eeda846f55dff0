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
 * How long the suite waits for somebody who takes the call, and what is to be done if nobody does. The edge uses it if
 * dispatcher or relay publish nothing. It applies to people at a desk as to agents, as in the dispatcher.
 *
 * @param awaited who is awaited
 * @param agents who are requested
 * @param whole of the rule and of the agents of its fallback; of all rounds of a forward; of all that is left of a fallback
 * @param left what follows in the fallback, or what is being carried out of it
 */
record Patience(Awaited awaited, List<String> agents, Duration whole, List<Fallback> left) {
    /** Three attempts at a PIN of ten seconds each, and the pauses between them; nobody is requested before. */
    private static final Duration PIN = Duration.ofSeconds(40);
    /** Until a target rings: the router decides, the limiter counts, a relay joins, and gateways are tried. */
    private static final Duration SET_UP = Duration.ofSeconds(5);
    /** Of a step that does not state it. */
    private static final Duration RINGING = Duration.ofSeconds(20);
    /** The relay gives an announcement five minutes, and then continues. */
    private static final Duration ANNOUNCEMENT = Duration.ofMinutes(5).plus(SET_UP);
    /** What the relay gives a message: 10 s for the answer, the greeting, five minutes, and its storing. */
    private static final Duration MESSAGE = Duration.ofSeconds(10 + 125 + 330).plus(SET_UP);
    /** Beyond the ringing: a REFER may be silent for 30 s ({@link Referring#SILENCE}), twice, and then it is over. */
    private static final Duration REFER = Duration.ofSeconds(70);

    static final String WHY = "No outcome for the agent arrived within the rule's patience.";

    /** Who is to take the call. */
    enum Awaited {
        /** An agent or a person, whom the dispatcher looks after. */
        AGENT,
        /** A target of the route's forward, which the relay works through. */
        TARGET,
        /** Whoever the rest of the fallback reaches, which the relay works through. */
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

    /** The patience for what the relay carries out once no agent came. */
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

    /** The event that the dispatcher would have published. */
    AgentUnavailable unavailable(CallId call) {
        return new AgentUnavailable(call, agents, (int) whole.toSeconds(), WHY, left);
    }
}
