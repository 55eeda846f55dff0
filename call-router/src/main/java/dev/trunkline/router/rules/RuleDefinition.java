package dev.trunkline.router.rules;

import dev.trunkline.router.directory.RuleTerms;
import java.util.List;
import java.util.Optional;

/**
 * A rule as a person writes it: it names its organisation and its trunks, and contains no ids.
 *
 * @param organisation the rule is only for numbers of this organisation; empty for any
 * @param trunks whose calls it may take; empty for a wildcard rule
 * @param priority the higher goes first
 */
public record RuleDefinition(
        String name, Optional<String> organisation, List<String> trunks, int priority, RuleTerms terms) {

    public RuleDefinition {
        trunks = List.copyOf(trunks);
    }

    public boolean wildcard() {
        return trunks.isEmpty();
    }
}
