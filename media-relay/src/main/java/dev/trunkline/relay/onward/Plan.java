package dev.trunkline.relay.onward;

import dev.trunkline.events.EndReason;
import dev.trunkline.events.Fallback;
import dev.trunkline.events.FallbackKind;
import dev.trunkline.events.ForwardPlan;
import dev.trunkline.events.ForwardRound;
import dev.trunkline.events.ForwardTarget;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * What is tried for a caller, in order, and how the call ends when nothing succeeds.
 *
 * @param by who asks, as in {@code call.transfer.requested}
 * @param lead start of the text that says why nobody took the call
 */
public record Plan(String by, List<Step> steps, EndReason ending, String lead) {
    /** The requester if the rule itself forwards. */
    public static final String RULE = "rule";
    /** The requester if no agent came. */
    public static final String FALLBACK = "fallback";

    /** Ringing time of a fallback step that does not set one. */
    static final Duration USUAL_RINGING = Duration.ofSeconds(20);

    public Plan {
        Objects.requireNonNull(by, "by");
        steps = List.copyOf(steps);
    }

    /** Creates the plan of a route that names targets instead of agents: round after round. */
    public static Plan of(ForwardPlan forward) {
        var steps = new ArrayList<Step>();
        for (int round = 1; round <= forward.rounds().size(); round++) {
            steps.add(round(round, forward.rounds().get(round - 1)));
        }
        return new Plan(RULE, steps, EndReason.FORWARD_FAILED, "None of the targets to which the call was forwarded took it");
    }

    private static Step round(int number, ForwardRound round) {
        var targets = new ArrayList<Target>();
        for (int target = 1; target <= round.targets().size(); target++) {
            targets.add(new Target(
                    "forward." + number + "." + target, "target " + target + " of round " + number, round.targets().get(target - 1)));
        }
        return new Step.Ring(targets, Duration.ofSeconds(round.ringingSeconds()));
    }

    /**
     * Creates the plan of the remaining fallback.
     *
     * @param left whether somebody had answered and left
     */
    public static Plan of(List<Fallback> fallback, boolean left) {
        var steps = new ArrayList<Step>();
        for (int index = 1; index <= fallback.size(); index++) {
            steps.add(step(index, fallback.get(index - 1)));
        }
        return left
                ? new Plan(
                        FALLBACK, steps, EndReason.AGENT_LEFT,
                        "The agent or person who had answered left, and no step of the fallback took the call")
                : new Plan(FALLBACK, steps, EndReason.NO_AGENT, "No agent came, and no step of the fallback took the call");
    }

    private static Step step(int index, Fallback step) {
        String place = "step " + index + " of the fallback (" + step.kind().code() + ")";
        return switch (step.kind()) {
            case FORWARD -> new Step.Ring(List.of(target(index, place, step)), ringing(step));
            case REFER -> new Step.Refer(target(index, place, step), ringing(step));
            case ANNOUNCEMENT -> new Step.Announce(place, step.target());
            case VOICEMAIL -> new Step.Message(place, step.target());
            case REFUSE -> new Step.Refuse(place, step.target());
            case AGENT -> new Step.Pass(place, "agents are asked for before any other step of the fallback");
        };
    }

    private static Target target(int index, String place, Fallback step) {
        return new Target(
                FALLBACK + "." + index + ".1", place, new ForwardTarget(step.target(), step.outboundTrunk(), Map.of()));
    }

    private static Duration ringing(Fallback step) {
        return step.patienceSeconds() > 0 ? Duration.ofSeconds(step.patienceSeconds()) : USUAL_RINGING;
    }

    /**
     * Returns whether the relay carries out the remaining fallback: it does if the first step that can be carried out calls somebody, plays
     * a sound to the caller or, once the call is answered, asks the caller's side to call somebody. Otherwise, if that step is a refusal or
     * there is none, the edge ends the call itself.
     */
    public static boolean isForTheRelay(List<Fallback> fallback, boolean answered) {
        return fallback.stream().map(Fallback::kind)
                .filter(kind -> kind != FallbackKind.AGENT && (answered || kind != FallbackKind.REFER))
                .findFirst()
                .filter(kind -> kind != FallbackKind.REFUSE)
                .isPresent();
    }
}
