package dev.trunkline.router.directory;

import dev.trunkline.events.RuleRef;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Where calls go.
 *
 * @param organisationId the rule is only for numbers of this organisation; empty for any
 * @param trunkIds the rule is only for calls of these trunks; empty (a wildcard rule) for any
 * @param priority the higher goes first
 * @param createdAt of two rules that are otherwise equal, the older goes first
 */
public record DispatchRule(
        String id,
        String name,
        Optional<String> organisationId,
        List<String> trunkIds,
        RuleTerms terms,
        int priority,
        Instant createdAt) {

    public DispatchRule {
        trunkIds = List.copyOf(trunkIds);
    }

    public RuleRef ref() {
        return new RuleRef(id, name);
    }

    public boolean wildcard() {
        return trunkIds.isEmpty();
    }

    public boolean takesCallsOf(String trunkId) {
        return wildcard() || trunkIds.contains(trunkId);
    }

    /** See {@link RuleTerms#numbers}. */
    public List<String> numbers() {
        return terms.numbers();
    }

    /** See {@link RuleTerms#inboundNumbers}. */
    public List<String> inboundNumbers() {
        return terms.inboundNumbers();
    }

    /** See {@link RuleTerms#destination}. */
    public Destination destination() {
        return terms.destination();
    }
}
