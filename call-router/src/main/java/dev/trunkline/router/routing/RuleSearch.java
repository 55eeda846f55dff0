package dev.trunkline.router.routing;

import dev.trunkline.router.directory.DispatchRule;
import dev.trunkline.router.directory.NumberPattern;
import dev.trunkline.router.directory.PhoneNumber;
import dev.trunkline.router.directory.TrunkView;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Stream;

/**
 * Which of a trunk's rules takes a call. Of those that fit: rules that name the trunk before wildcard rules, then the
 * higher priority, then the most specific (more fields that restrict it, then the longer match of the dialled number,
 * then of the caller), then the oldest.
 */
final class RuleSearch {
    /** A trunk may have hundreds of rules, and a trace travels with its call. */
    private static final int MOST_NAMED_IN_BRIEF = 25;

    private static final Comparator<Verdict.Fits> PRECEDENCE = Comparator.<Verdict.Fits, Boolean>comparing(
                    fits -> fits.rule().wildcard())
            .thenComparing(fits -> fits.rule().priority(), Comparator.reverseOrder())
            .thenComparing(Verdict.Fits::restrictions, Comparator.reverseOrder())
            .thenComparing(Verdict.Fits::calledCloseness, Comparator.reverseOrder())
            .thenComparing(Verdict.Fits::callerCloseness, Comparator.reverseOrder())
            .thenComparing(fits -> fits.rule().createdAt())
            .thenComparing(fits -> fits.rule().id());

    /**
     * @param callerBarred true if some rule would have taken the call from another caller
     */
    record Found(Optional<DispatchRule> rule, boolean callerBarred) {}

    private sealed interface Verdict {
        DispatchRule rule();

        record Fits(DispatchRule rule, int restrictions, int calledCloseness, int callerCloseness)
                implements Verdict {}

        record Skipped(DispatchRule rule, String field, String why) implements Verdict {}
    }

    private static final String INBOUND_NUMBERS = "inbound_numbers";

    private RuleSearch() {}

    /** @param number the organisation's number that was called */
    static Found search(TrunkView trunk, Call call, PhoneNumber number, boolean nameAll, Trace trace) {
        List<Verdict> verdicts = trunk.rules().stream()
                .map(candidate -> judge(candidate, call, number))
                .toList();
        List<Verdict.Skipped> skipped = only(Verdict.Skipped.class, verdicts).toList();
        List<Verdict.Fits> fitting = only(Verdict.Fits.class, verdicts).sorted(PRECEDENCE).toList();
        tellSkipped(skipped, nameAll, trace);
        if (fitting.isEmpty()) {
            boolean callerBarred = skipped.stream().anyMatch(verdict -> verdict.field().equals(INBOUND_NUMBERS));
            return new Found(Optional.empty(), callerBarred);
        }
        DispatchRule best = fitting.getFirst().rule();
        trace.add("rule-matched", "Rule %s takes the call.".formatted(best.name()));
        tellOutranked(best, fitting.stream().skip(1).map(Verdict.Fits::rule).toList(), nameAll, trace);
        return new Found(Optional.of(best), false);
    }

    private static Verdict judge(TrunkView.Candidate candidate, Call call, PhoneNumber number) {
        DispatchRule rule = candidate.rule();
        if (rule.organisationId().filter(id -> !id.equals(number.organisationId())).isPresent()) {
            return new Verdict.Skipped(rule, "organisation", "it is for numbers of another organisation");
        }
        OptionalInt called = closeness(candidate.numbers(), Optional.of(call.called()));
        if (called.isEmpty()) {
            return new Verdict.Skipped(rule, "numbers", call.called() + " is not in it");
        }
        OptionalInt caller = closeness(candidate.inboundNumbers(), call.callerNumber());
        if (caller.isEmpty()) {
            String why = call.callerNumber().isPresent()
                    ? "the caller is not in it"
                    : "the caller withheld the number, so it cannot be in it";
            return new Verdict.Skipped(rule, INBOUND_NUMBERS, why);
        }
        Optional<CalledRoom.Unnamed> unnamed =
                CalledRoom.missing(rule.destination().at(call.receivedAt()), call);
        if (unnamed.isPresent()) {
            return new Verdict.Skipped(rule, unnamed.get().field(), unnamed.get().why());
        }
        int restrictions = (rule.organisationId().isPresent() ? 1 : 0)
                + (rule.numbers().isEmpty() ? 0 : 1)
                + (rule.inboundNumbers().isEmpty() ? 0 : 1);
        return new Verdict.Fits(rule, restrictions, called.getAsInt(), caller.getAsInt());
    }

    /** @return 0 where there is nothing to match, empty where there is and it does not */
    private static OptionalInt closeness(List<NumberPattern> patterns, Optional<String> number) {
        if (patterns.isEmpty()) {
            return OptionalInt.of(0);
        }
        return number.isEmpty() ? OptionalInt.empty() : NumberPattern.closest(patterns, number.get());
    }

    private static void tellSkipped(List<Verdict.Skipped> skipped, boolean nameAll, Trace trace) {
        int named = nameAll ? skipped.size() : Math.min(skipped.size(), MOST_NAMED_IN_BRIEF);
        skipped.stream()
                .limit(named)
                .forEach(verdict -> trace.add(
                        "rule-skipped",
                        "Rule %s was skipped by its %s: %s."
                                .formatted(verdict.rule().name(), verdict.field(), verdict.why())));
        if (named < skipped.size()) {
            trace.add(
                    "rule-skipped",
                    "%d further rules were skipped; POST /routing/explain names each."
                            .formatted(skipped.size() - named));
        }
    }

    private static void tellOutranked(DispatchRule best, List<DispatchRule> others, boolean nameAll, Trace trace) {
        int named = nameAll ? others.size() : Math.min(others.size(), MOST_NAMED_IN_BRIEF);
        others.stream().limit(named).forEach(other -> trace.add(
                "rule-outranked", "Rule %s fits too, but %s.".formatted(other.name(), advantage(best, other))));
    }

    private static String advantage(DispatchRule best, DispatchRule other) {
        if (best.wildcard() != other.wildcard()) {
            return best.name() + " names the trunk and it does not";
        }
        if (best.priority() != other.priority()) {
            return "%s has priority %d and it has %d".formatted(best.name(), best.priority(), other.priority());
        }
        return best.name() + " is more specific, or as specific and older";
    }

    private static <T extends Verdict> Stream<T> only(Class<T> kind, List<Verdict> verdicts) {
        return verdicts.stream().filter(kind::isInstance).map(kind::cast);
    }
}
