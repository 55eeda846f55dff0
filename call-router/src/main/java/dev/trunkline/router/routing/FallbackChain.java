package dev.trunkline.router.routing;

import dev.trunkline.events.Agent;
import dev.trunkline.events.AnswerPolicy;
import dev.trunkline.events.Fallback;
import dev.trunkline.events.FallbackKind;
import dev.trunkline.events.ForwardPlan;
import dev.trunkline.events.ForwardRound;
import dev.trunkline.events.ForwardTarget;
import dev.trunkline.events.RefusalReason;
import dev.trunkline.router.directory.RoomChoice;
import dev.trunkline.router.directory.RuleTerms;
import dev.trunkline.router.rules.Forwards;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * What is tried when the decision itself failed because a webhook gave no usable answer: the first step of the rule's
 * chain that is possible before the call is answered. The steps after an agent travel with the call, in case that agent
 * does not come either.
 */
final class FallbackChain {
    private static final RoomChoice ROOM = new RoomChoice.Individual("call", false);

    private final RuleTargets destinations;
    private final RoomNames rooms;

    FallbackChain(RuleTargets destinations, RoomNames rooms) {
        this.destinations = destinations;
        this.rooms = rooms;
    }

    Decision take(Matched matched, Trace trace) {
        List<Fallback> chain = matched.terms().fallback();
        for (int i = 0; i < chain.size(); i++) {
            Fallback step = chain.get(i);
            switch (step.kind()) {
                case AGENT -> {
                    trace.add("fallback", "Fallback %d: agent %s.".formatted(i + 1, step.target()));
                    return agent(matched, step, chain.subList(i + 1, chain.size()), trace);
                }
                case FORWARD -> {
                    return destinations.forwards().go(
                            matched, plan(chain.subList(i, chain.size())), matched.terms().answerPolicy(),
                            "Fallback %d forwards the call.".formatted(i + 1), trace);
                }
                case REFER -> {
                    return destinations.redirect(
                            matched, Targets.uri(step.target()),
                            "Fallback %d is a transfer, which before the answer is a redirection.".formatted(i + 1),
                            trace);
                }
                case ANNOUNCEMENT, VOICEMAIL -> trace.add("fallback-skipped",
                        "Fallback %d, %s %s, was skipped: it needs an answered call."
                                .formatted(i + 1, step.kind().code(), step.target()));
                case REFUSE -> {
                    trace.add("fallback", "Fallback %d refuses the call with %s.".formatted(i + 1, step.target()));
                    return Decision.Refuse.of(
                            matched, RefusalReason.WEBHOOK_FAILED, OptionalInt.of(Integer.parseInt(step.target())), trace);
                }
            }
        }
        trace.add("fallback-exhausted", chain.isEmpty()
                ? "Rule %s has no fallback.".formatted(matched.rule().name())
                : "No fallback of rule %s is left.".formatted(matched.rule().name()));
        return Decision.Refuse.of(matched, RefusalReason.WEBHOOK_FAILED, OptionalInt.empty(), trace);
    }

    /** Returns the consecutive forwards, each as a round. */
    private static ForwardPlan plan(List<Fallback> chain) {
        return new ForwardPlan(chain.stream()
                .takeWhile(step -> step.kind() == FallbackKind.FORWARD)
                .map(step -> new ForwardRound(
                        List.of(new ForwardTarget(step.target(), step.outboundTrunk(), Map.of())),
                        step.patienceSeconds() > 0 ? step.patienceSeconds() : Forwards.RING_SECONDS))
                .toList());
    }

    private Decision agent(Matched matched, Fallback step, List<Fallback> rest, Trace trace) {
        RuleTerms terms = matched.terms();
        String room = rooms.name(ROOM, matched.call());
        String metadata = step.metadata().isEmpty() ? terms.metadata() : step.metadata();
        int patience = step.patienceSeconds() > 0 ? step.patienceSeconds() : terms.patienceSeconds();
        AnswerPolicy policy = terms.answerPolicy();
        return destinations.room(
                matched,
                new RuleTargets.RoomPlan(
                        room, "The fallback's room is %s.".formatted(room), false, false,
                        List.of(new Agent(step.target(), metadata)), terms.metadata(), Optional.empty(), policy, patience,
                        rest),
                trace);
    }
}
