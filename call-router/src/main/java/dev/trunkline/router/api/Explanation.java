package dev.trunkline.router.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.trunkline.events.Agent;
import dev.trunkline.events.AnswerPolicy;
import dev.trunkline.events.Fallback;
import dev.trunkline.events.Limits;
import dev.trunkline.events.OrganisationRef;
import dev.trunkline.events.RefusalReason;
import dev.trunkline.events.RuleRef;
import dev.trunkline.events.TraceStep;
import dev.trunkline.events.WaitFor;
import dev.trunkline.events.WhenAgentLeaves;
import dev.trunkline.router.routing.Decision;
import dev.trunkline.router.routing.Question;
import dev.trunkline.router.routing.ShownUrl;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Stream;

/**
 * What would become of a call. Fields that a refusal does not have are left out.
 *
 * @param outcome {@code routed}, {@code forwarded}, {@code refused} or {@code asks-webhook}
 * @param trunk by which the call comes
 * @param desk true if a person answers in the room, and no agent
 * @param room with {@code <caller>} and {@code <random>} in place of the values of a real call
 * @param target the SIP address of a forward, or the URL of a webhook, without any secret in it
 * @param fallback what is tried, in order, if no agent comes
 * @param whenAgentLeaves what happens to a caller whom everyone else has left
 * @param waitFor what is awaited before the answer, if anything is
 * @param onward the targets of a forward or of fallbacks, in the order in which they are tried
 * @param directoryVersion version of the directory on which the decision is based
 */
@JsonInclude(JsonInclude.Include.NON_ABSENT)
public record Explanation(
        String outcome,
        Optional<RefusalReason> reason,
        OptionalInt status,
        Optional<String> sentence,
        Optional<OrganisationRef> organisation,
        Optional<String> number,
        Optional<String> rule,
        String trunk,
        Optional<String> room,
        Optional<Boolean> desk,
        Optional<String> target,
        Optional<List<Agent>> agents,
        Optional<AnswerPolicy> answerPolicy,
        OptionalInt patienceSeconds,
        Optional<List<Fallback>> fallback,
        Optional<Limits> limits,
        Optional<ObjectNode> config,
        Optional<WhenAgentLeaves> whenAgentLeaves,
        Optional<WaitFor> waitFor,
        Optional<List<OnwardExplanation>> onward,
        List<TraceStep> trace,
        long directoryVersion) {

    /** @param chosen why this trunk was chosen, if the question names none: the first step */
    static Explanation of(
            Decision decision, String trunk, Optional<TraceStep> chosen, List<OnwardExplanation> onward, long directoryVersion) {
        List<TraceStep> trace = Stream.concat(chosen.stream(), decision.trace().stream()).toList();
        return switch (decision) {
            case Decision.Route route ->
                    new Explanation(
                            "routed", Optional.empty(), OptionalInt.empty(), Optional.empty(),
                            Optional.of(route.organisation()), Optional.of(route.number()),
                            Optional.of(route.rule().name()), trunk, Optional.of(route.room()),
                            Optional.of(route.entry().desk()).filter(desk -> desk), Optional.empty(),
                            Optional.of(route.agents()).filter(agents -> route.forward().isEmpty()),
                            Optional.of(route.answerPolicy()), OptionalInt.of(route.patienceSeconds()),
                            Optional.of(route.fallback()).filter(steps -> !steps.isEmpty()),
                            Optional.of(route.limits()), Optional.of(route.config()),
                            Optional.of(route.whenAgentLeaves().orElse(WhenAgentLeaves.REPLACE)),
                            Optional.of(route.waitFor().orElse(WaitFor.PUBLISHED_OR_LISTENING))
                                    .filter(what -> route.answerPolicy() == AnswerPolicy.ON_AGENT && route.forward().isEmpty()),
                            Optional.of(onward).filter(targets -> !targets.isEmpty()),
                            trace, directoryVersion);
            case Decision.Refuse refuse ->
                    new Explanation(
                            "refused", Optional.of(refuse.reason()), OptionalInt.of(refuse.answer()),
                            Optional.of(refuse.sentence()), refuse.organisation(), refuse.number(),
                            refuse.rule().map(RuleRef::name), trunk, Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(),
                            OptionalInt.empty(), Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(),
                            Optional.empty(), Optional.empty(), trace, directoryVersion);
            case Decision.Redirect redirect ->
                    sent("forwarded", redirect.organisation(), redirect.number(), redirect.rule(), trunk, redirect.target(),
                            trace, directoryVersion);
            case Decision.Ask(Question question) ->
                    sent("asks-webhook", question.organisation(), question.number(), question.rule(),
                            trunk, ShownUrl.of(question.url()), trace, directoryVersion);
        };
    }

    private static Explanation sent(
            String outcome,
            OrganisationRef organisation,
            String number,
            RuleRef rule,
            String trunk,
            String target,
            List<TraceStep> trace,
            long directoryVersion) {
        return new Explanation(
                outcome, Optional.empty(), OptionalInt.empty(), Optional.empty(), Optional.of(organisation),
                Optional.of(number), Optional.of(rule.name()), trunk, Optional.empty(), Optional.empty(), Optional.of(target), Optional.empty(),
                Optional.empty(), OptionalInt.empty(), Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(),
                Optional.empty(), Optional.empty(), trace,
                directoryVersion);
    }
}
