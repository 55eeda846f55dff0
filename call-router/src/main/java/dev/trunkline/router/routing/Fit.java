package dev.trunkline.router.routing;

import dev.trunkline.router.directory.DispatchRule;
import dev.trunkline.router.routing.Overlap.DecidedBy;
import java.util.Comparator;

/**
 * A rule that fits a call, and how closely. Fitting rules are ordered: rules that name the trunk before wildcard rules,
 * then the higher priority, then the most specific (more fields that restrict it, then the longer match of the dialled
 * number, then of the caller), then the oldest.
 *
 * @param called closeness of the dialled number, 0 where the rule takes any
 * @param caller closeness of the caller, likewise
 */
record Fit(DispatchRule rule, int called, int caller) {
    static final Comparator<Fit> PRECEDENCE = Comparator.<Fit, Boolean>comparing(fit -> fit.rule().wildcard())
            .thenComparing(fit -> fit.rule().priority(), Comparator.reverseOrder())
            .thenComparing(Fit::restrictions, Comparator.reverseOrder())
            .thenComparing(Fit::called, Comparator.reverseOrder())
            .thenComparing(Fit::caller, Comparator.reverseOrder())
            .thenComparing(fit -> fit.rule().createdAt())
            .thenComparing(fit -> fit.rule().id());

    private static final Comparator<Fit> SPECIFIC_FIRST = Comparator.comparing(Fit::restrictions, Comparator.reverseOrder())
            .thenComparing(Fit::called, Comparator.reverseOrder())
            .thenComparing(Fit::caller, Comparator.reverseOrder());

    private int restrictions() {
        return (rule.organisationId().isPresent() ? 1 : 0)
                + (rule.numbers().isEmpty() ? 0 : 1)
                + (rule.inboundNumbers().isEmpty() ? 0 : 1);
    }

    /** Returns whether it restricts more than another, or names the number more closely, regardless of which goes first. */
    boolean moreSpecificThan(Fit other) {
        return SPECIFIC_FIRST.compare(this, other) < 0;
    }

    DecidedBy advantageOver(Fit other) {
        if (rule.wildcard() != other.rule.wildcard()) {
            return DecidedBy.TRUNK;
        }
        if (rule.priority() != other.rule.priority()) {
            return DecidedBy.PRIORITY;
        }
        return restrictions() != other.restrictions() || called != other.called || caller != other.caller
                ? DecidedBy.SPECIFIC
                : DecidedBy.AGE;
    }

    /** Returns why this one goes first, as the end of a sentence. */
    String whyBefore(Fit other) {
        return switch (advantageOver(other)) {
            case TRUNK -> rule.name() + " names the trunk and it does not";
            case PRIORITY -> "%s has priority %d and it has %d"
                    .formatted(rule.name(), rule.priority(), other.rule.priority());
            case SPECIFIC -> rule.name() + " is more specific";
            case AGE -> rule.name() + " is as specific and older";
        };
    }
}
