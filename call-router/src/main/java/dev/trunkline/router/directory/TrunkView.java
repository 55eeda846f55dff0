package dev.trunkline.router.directory;

import dev.trunkline.events.numbers.NumberPlan;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;

/**
 * A trunk with its number patterns and the rules that may take its calls, all read once by its number plan, so that a
 * decision only has to compare.
 *
 * @param numbers see {@link InboundTrunk#numbers}
 * @param allowedNumbers see {@link InboundTrunk#allowedNumbers}
 * @param rules the trunk's own before wildcard rules, then by priority, then by age
 */
public record TrunkView(
        InboundTrunk trunk,
        NumberPlan plan,
        List<NumberPattern> numbers,
        List<NumberPattern> allowedNumbers,
        List<Candidate> rules) {

    /** A rule, with its patterns read by the trunk's number plan. */
    public record Candidate(DispatchRule rule, List<NumberPattern> numbers, List<NumberPattern> inboundNumbers) {}

    private static final Comparator<DispatchRule> ORDER = Comparator.comparing(DispatchRule::wildcard)
            .thenComparing(DispatchRule::priority, Comparator.reverseOrder())
            .thenComparing(DispatchRule::createdAt)
            .thenComparing(DispatchRule::id);

    static TrunkView of(InboundTrunk trunk, Collection<DispatchRule> all) {
        NumberPlan plan = trunk.plan();
        List<Candidate> rules = all.stream()
                .filter(rule -> rule.takesCallsOf(trunk.id()))
                .sorted(ORDER)
                .map(rule -> new Candidate(
                        rule,
                        NumberPattern.all(rule.numbers(), plan),
                        NumberPattern.all(rule.inboundNumbers(), plan)))
                .toList();
        return new TrunkView(
                trunk,
                plan,
                NumberPattern.all(trunk.numbers(), plan),
                NumberPattern.all(trunk.allowedNumbers(), plan),
                rules);
    }
}
