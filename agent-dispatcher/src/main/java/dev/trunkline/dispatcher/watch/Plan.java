package dev.trunkline.dispatcher.watch;

import dev.trunkline.events.Agent;
import dev.trunkline.events.CallRouted;
import dev.trunkline.events.DialPurpose;
import dev.trunkline.events.Fallback;
import dev.trunkline.events.FallbackKind;
import dev.trunkline.events.RoomEntry;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The agents who are asked for in a call, and their order.
 *
 * @param rounds the route's agents, then one round for each agent that the fallback begins with
 * @param left the steps of the fallback from the first one that is not an agent: for the service that holds the caller
 * @param afterPin nobody is asked for before the caller was admitted to the room
 * @param roomMustExist nobody is asked for until the room exists, because asking would create it
 * @param again somebody had come and has left: earlier dispatches are no longer of use, and neither is LiveKit's automatic one
 */
public record Plan(List<Round> rounds, List<Fallback> left, boolean afterPin, boolean roomMustExist, boolean again) {
    /**
     * Stands for any worker without a name, if a route names no agent. LiveKit itself asks these workers once, when a room is created; a
     * dispatch without a name makes it ask them again.
     */
    static final Agent NAMELESS = new Agent("", "");

    /**
     * Agents who are asked for together.
     *
     * @param agents none leaves it to a person; somebody must still come
     * @param patienceSeconds how long they have
     */
    public record Round(List<Agent> agents, int patienceSeconds) {
        public Round {
            agents = List.copyOf(agents);
        }
    }

    public Plan {
        rounds = List.copyOf(rounds);
        left = List.copyOf(left);
    }

    public static Plan of(CallRouted route) {
        boolean desk = route.entry().map(RoomEntry::desk).orElse(false);
        List<Round> rounds = new ArrayList<>();
        rounds.add(new Round(desk ? List.of() : agents(route), route.patienceSeconds()));
        List<Fallback> fallback = handsOver(route) ? List.of() : route.fallback();
        int agents = 0;
        for (Fallback step : fallback) {
            if (step.kind() != FallbackKind.AGENT) {
                break;
            }
            int patience = step.patienceSeconds() > 0 ? step.patienceSeconds() : route.patienceSeconds();
            rounds.add(new Round(List.of(new Agent(step.target(), step.metadata())), patience));
            agents++;
        }
        return new Plan(
                rounds,
                fallback.subList(agents, fallback.size()),
                route.entry().flatMap(RoomEntry::sealedPin).isPresent(),
                route.entry().map(RoomEntry::mustExist).orElse(false),
                false);
    }

    /** The caller's relay handles what becomes of the leg. */
    private static boolean handsOver(CallRouted route) {
        return route.outgoing().filter(leg -> leg.purpose() != DialPurpose.DIAL).isPresent();
    }

    private static List<Agent> agents(CallRouted route) {
        return route.agents().isEmpty() ? List.of(NAMELESS) : route.agents();
    }

    /** Returns the same plan for a caller who is in the room and whom everybody has left. */
    public Plan afterLeaving() {
        return new Plan(rounds, left, false, roomMustExist, true);
    }

    /**
     * Returns the same plan for a caller who is with a person who wants to hand the caller back: only agents are asked for, and if none
     * comes the person keeps the caller.
     *
     * @param before who had answered the caller before: if the route names this agent, nobody else is asked for
     */
    public Plan backToAgents(Optional<String> before) {
        List<Round> asked = rounds.stream().filter(round -> !round.agents().isEmpty()).toList();
        List<Round> known = before.map(name -> onlyOf(asked, name)).orElse(List.of());
        return new Plan(known.isEmpty() ? asked : known, List.of(), false, roomMustExist, true);
    }

    private static List<Round> onlyOf(List<Round> rounds, String name) {
        return rounds.stream()
                .map(round -> new Round(round.agents().stream().filter(agent -> agent.name().equals(name)).toList(), round.patienceSeconds()))
                .filter(round -> !round.agents().isEmpty())
                .toList();
    }

    /** Describes the next step that is not for this service, as a sentence. */
    public Optional<String> next() {
        return left.stream().findFirst().map(step -> "Next step of the fallback: " + words(step) + ".");
    }

    private static String words(Fallback step) {
        return switch (step.kind()) {
            case AGENT -> "ask for agent " + step.target();
            case FORWARD -> "forward the caller to " + step.target();
            case REFER -> "transfer the caller to " + step.target();
            case ANNOUNCEMENT -> "play " + step.target();
            case VOICEMAIL -> "ask for a message with greeting " + step.target();
            case REFUSE -> "refuse with status " + step.target();
        };
    }
}
