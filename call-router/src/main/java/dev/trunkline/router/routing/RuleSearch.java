package dev.trunkline.router.routing;

import dev.trunkline.router.directory.Directory;
import dev.trunkline.router.directory.DispatchRule;
import dev.trunkline.router.directory.NumberPattern;
import dev.trunkline.router.directory.Organisation;
import dev.trunkline.router.directory.TrunkView;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * Finds which of a trunk's rules takes a call: the first in {@link Fit#PRECEDENCE} of those that fit. The reason why a
 * rule is skipped is the first that fails in this order: organisation, numbers, inbound_numbers, then what its room
 * needs.
 */
final class RuleSearch {
    /** A trace travels with its call, so it must stay short. */
    private static final int MOST_NAMED_IN_BRIEF = 25;

    /** @param callerBarred true if some rule would have taken the call from another caller */
    record Found(Optional<DispatchRule> rule, boolean callerBarred) {}

    private final Call call;
    private final Directory directory;
    private final TrunkView trunk;
    private final Organisation organisation;
    private final Audience audience;
    private final Trace trace;
    private final List<Fit> fitting = new ArrayList<>(4);
    private boolean callerBarred;
    private int named;
    private int unnamed;
    private int ofOthers;

    /** @param organisation the organisation that has the called number */
    RuleSearch(Call call, Directory directory, TrunkView trunk, Organisation organisation, Audience audience, Trace trace) {
        this.call = call;
        this.directory = directory;
        this.trunk = trunk;
        this.organisation = organisation;
        this.audience = audience;
        this.trace = trace;
    }

    Found search() {
        trunk.rules().forEach(this::judge);
        if (audience.everyRule()) {
            directory.rules().stream()
                    .filter(rule -> !rule.takesCallsOf(trunk.trunk().id()))
                    .forEach(this::skipByTrunk);
        }
        tellUnnamed();
        if (fitting.isEmpty()) {
            return new Found(Optional.empty(), callerBarred);
        }
        fitting.sort(Fit.PRECEDENCE);
        Fit best = fitting.getFirst();
        trace.add("rule-matched", "Rule %s takes the call.".formatted(best.rule().name()));
        tellOutranked(best);
        return new Found(Optional.of(best.rule()), false);
    }

    private void judge(TrunkView.Candidate candidate) {
        DispatchRule rule = candidate.rule();
        if (rule.organisationId().isPresent() && !rule.organisationId().get().equals(organisation.id())) {
            skipByOrganisation(rule);
            return;
        }
        OptionalInt called = closeness(candidate.numbers(), Optional.of(call.called()));
        if (called.isEmpty()) {
            if (naming()) {
                skip(rule, "numbers", SkipWords.numbers(rule), call.called() + " is not in it");
            }
            return;
        }
        OptionalInt caller = closeness(candidate.inboundNumbers(), call.callerNumber());
        if (caller.isEmpty()) {
            callerBarred = true;
            if (naming()) {
                skip(rule, "inbound_numbers", SkipWords.inboundNumbers(rule), call.callerNumber().isPresent()
                        ? "the caller is not in it" + mistaken(candidate)
                        : "the caller withheld the number, so it cannot be in it" + mistaken(candidate));
            }
            return;
        }
        Optional<CalledRoom.Unnamed> missing = CalledRoom.missing(
                rule.destination().at(call.receivedAt()), call, directory.rooms(), organisation);
        if (missing.isPresent()) {
            if (naming()) {
                skip(rule, missing.get().field(), "", missing.get().why());
            }
            return;
        }
        fitting.add(new Fit(rule, called.getAsInt(), caller.getAsInt()));
    }

    /** Returns advice on mistaken numbers; only for explanations, because an actual call does not wait for it. */
    private String mistaken(TrunkView.Candidate candidate) {
        return audience.everyRule()
                ? MistakenCallers.advice(MistakenCallers.of(candidate, trunk, directory)).map("; "::concat).orElse("")
                : "";
    }

    /** @return 0 if there is nothing to match, empty if there is and it does not match */
    private static OptionalInt closeness(List<NumberPattern> patterns, Optional<String> number) {
        if (patterns.isEmpty()) {
            return OptionalInt.of(0);
        }
        return number.isEmpty() ? OptionalInt.empty() : NumberPattern.closest(patterns, number.get());
    }

    private void skipByOrganisation(DispatchRule rule) {
        if (!audience.othersRules()) {
            ofOthers++;
        } else if (naming()) {
            String other = directory.organisation(rule.organisationId().orElseThrow())
                    .map(Organisation::name)
                    .orElse("that is gone");
            skip(rule, "organisation", "", "it is for numbers of organisation %s, and %s belongs to %s"
                    .formatted(other, call.called(), organisation.name()));
        }
    }

    private void skipByTrunk(DispatchRule rule) {
        if (!audience.mayNameRuleOf(rule, organisation.id())) {
            ofOthers++;
        } else if (naming()) {
            skip(rule, "trunks", SkipWords.trunks(rule, directory), "the call came in on " + trunk.trunk().name());
        }
    }

    /**
     * Counts a rule that is skipped.
     *
     * @return whether the trace is to name it
     */
    private boolean naming() {
        boolean name = audience.everyRule() || named < MOST_NAMED_IN_BRIEF;
        named += name ? 1 : 0;
        unnamed += name ? 0 : 1;
        return name;
    }

    private void skip(DispatchRule rule, String field, String holds, String why) {
        trace.add("rule-skipped", "Rule %s was skipped by its %s%s: %s.".formatted(rule.name(), field, holds, why));
    }

    private void tellUnnamed() {
        if (unnamed > 0) {
            trace.add("rule-skipped", "%s skipped too; POST /routing/explain names each.".formatted(count(unnamed, "further rule")));
        }
        if (ofOthers > 0) {
            trace.add("rule-skipped", "%s skipped as only for numbers of other organisations.".formatted(count(ofOthers, "rule")));
        }
    }

    private static String count(int count, String what) {
        return count == 1 ? "1 %s was".formatted(what) : "%d %ss were".formatted(count, what);
    }

    private void tellOutranked(Fit best) {
        int most = audience.everyRule() ? Integer.MAX_VALUE : MOST_NAMED_IN_BRIEF;
        fitting.stream().skip(1).limit(most).forEach(other -> trace.add(
                "rule-outranked", "Rule %s fits too, but %s.".formatted(other.rule().name(), best.whyBefore(other))));
    }
}
