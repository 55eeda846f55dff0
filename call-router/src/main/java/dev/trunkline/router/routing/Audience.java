package dev.trunkline.router.routing;

import dev.trunkline.router.directory.DispatchRule;
import java.util.Optional;

/**
 * For whom a trace is written, and therefore what it names.
 *
 * @param everyRule whether it names each rule that was skipped; otherwise it names the first ones and counts the others
 * @param othersRules whether it names rules of organisations that do not have the called number
 */
record Audience(boolean everyRule, boolean othersRules) {
    /** An actual call: its trace travels with it, and a trunk may have hundreds of rules. */
    static final Audience CALL = new Audience(false, false);
    /** The operator of the suite. */
    static final Audience OPERATOR = new Audience(true, true);
    /** The organisation that has the number. */
    static final Audience TENANT = new Audience(true, false);

    /** @param organisationId the organisation that has the called number */
    boolean mayNameRuleOf(DispatchRule rule, String organisationId) {
        Optional<String> owner = rule.organisationId();
        return othersRules || owner.isEmpty() || owner.get().equals(organisationId);
    }
}
