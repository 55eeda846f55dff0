package dev.trunkline.router.routing;

import dev.trunkline.router.directory.DispatchRule;
import java.util.Optional;

/**
 * For whom a trace is written, and so what it names.
 *
 * @param everyRule whether it names each rule that was skipped; else the first, and how many more there were
 * @param othersRules whether it names rules of organisations that the called number is not of
 */
record Audience(boolean everyRule, boolean othersRules) {
    /** A call that is happening: its trace travels with it, and a trunk may have hundreds of rules. */
    static final Audience CALL = new Audience(false, false);
    /** Whoever runs the suite. */
    static final Audience OPERATOR = new Audience(true, true);
    /** The organisation that has the number. */
    static final Audience TENANT = new Audience(true, false);

    /** @param organisationId who has the called number */
    boolean mayNameRuleOf(DispatchRule rule, String organisationId) {
        Optional<String> owner = rule.organisationId();
        return othersRules || owner.isEmpty() || owner.get().equals(organisationId);
    }
}
