package dev.trunkline.router.routing;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.trunkline.events.AnswerPolicy;
import dev.trunkline.events.ForwardPlan;
import dev.trunkline.events.ForwardRound;
import dev.trunkline.events.ForwardTarget;
import dev.trunkline.events.WhenAgentLeaves;
import dev.trunkline.router.dialling.Onward;
import dev.trunkline.router.directory.RoomChoice;
import dev.trunkline.router.directory.RuleTerms;
import dev.trunkline.router.rules.Forwards;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Forwards a call to other people, who are called into its room. Each outbound call is decided when its turn comes,
 * independently of the others.
 */
final class Forwarding {
    private static final RoomChoice ROOM = new RoomChoice.Individual("call", false);

    private final RuleTargets destinations;
    private final SuiteDefaults suite;
    private final RoomNames rooms;

    Forwarding(RuleTargets destinations, SuiteDefaults suite, RoomNames rooms) {
        this.destinations = destinations;
        this.suite = suite;
        this.rooms = rooms;
    }

    /** @param why one sentence: the rule, the webhook or the fallback that says so */
    Decision go(Matched matched, ForwardPlan plan, AnswerPolicy policy, String why, Trace trace) {
        String first = plan.rounds().getFirst().targets().getFirst().to();
        if (isUri(first) && !Onward.hasTrunk(plan, matched.organisation().ref(), matched.directory().outbound())) {
            // Such a rule keeps doing what it did before there were outbound trunks.
            trace.add("no-outbound-trunk", noTrunk(matched.organisation().name(), first));
            return destinations.redirect(matched, first, why, trace);
        }
        return route(matched, plan, policy, why, trace);
    }

    /** Returns what is wrong with a target that no outbound trunk leads to, and what to do. */
    static String noTrunk(String organisation, String to) {
        return Onward.host(to)
                .map(host -> "No outbound trunk that organisation %s may use has %s as a gateway or as its from_domain.".formatted(organisation, host))
                .orElse("Organisation %s has no outbound trunk that it may use.".formatted(organisation));
    }

    static boolean isUri(String to) {
        return to.indexOf(':') > 0;
    }

    private Decision route(Matched matched, ForwardPlan plan, AnswerPolicy wanted, String why, Trace trace) {
        RuleTerms terms = matched.terms();
        ObjectNode config = ConfigLayers.merge(matched, suite, Optional.empty(), trace);
        RuleTargets.tellTooLong(config, terms.metadata(), trace);
        // A PIN is entered during the call, so the call has to be answered.
        AnswerPolicy policy = terms.pin().isPresent() ? AnswerPolicy.IMMEDIATE : wanted;
        String room = rooms.name(ROOM, matched.call());
        tell(plan, policy, why, trace);
        trace.add("room", "The caller and whoever answers meet in room %s.".formatted(room));
        return new Decision.Route(
                matched.organisation().ref(), matched.calledNumber(), matched.rule().ref(), room, List.of(), config,
                CallLimits.of(matched, suite, trace), policy, Forwards.ringSeconds(plan), RuleTargets.participant(matched, terms.metadata()),
                new Entry(false, false, terms.pin()), List.of(), RuleTargets.mediaFrom(matched),
                // Nobody was requested, so nobody is replaced.
                Optional.of(WhenAgentLeaves.STAY), Optional.empty(), false, Optional.of(plan),
                Announcing.of(matched, config, trace), trace.steps());
    }

    private static void tell(ForwardPlan plan, AnswerPolicy policy, String why, Trace trace) {
        trace.add("forward", why + (policy == AnswerPolicy.ON_AGENT
                ? " The caller is answered when one of them answers."
                : " The caller is answered immediately and waits for one of them."));
        int number = 0;
        for (ForwardRound round : plan.rounds()) {
            trace.add("forward", "Round %d: %s %s for up to %d s.".formatted(
                    ++number, round.targets().stream().map(Forwarding::words).collect(Collectors.joining(", ")),
                    round.targets().size() == 1 ? "rings" : "ring simultaneously", round.ringingSeconds()));
        }
    }

    private static String words(ForwardTarget target) {
        return target.to() + target.outboundTrunk().map(name -> " by trunk " + name).orElse("");
    }
}
