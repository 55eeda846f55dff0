package dev.trunkline.router.routing;

import dev.trunkline.router.directory.Directory;
import dev.trunkline.router.directory.DispatchRule;
import dev.trunkline.router.directory.Organisation;
import dev.trunkline.router.directory.PhoneNumber;
import dev.trunkline.router.directory.RuleTerms;

/**
 * A call, whose it is, and the rule that takes it: what is left is to go where the rule says.
 *
 * @param number the entry of the directory that the called number belongs to
 */
record Matched(Call call, Directory directory, PhoneNumber number, Organisation organisation, DispatchRule rule) {

    /** Under which the call is counted and told: of a pattern the number that was called, else the number as it is kept. */
    String calledNumber() {
        return calledNumber(call, number);
    }

    /** The same, while no rule is known. */
    static String calledNumber(Call call, PhoneNumber number) {
        String kept = number.phoneNumber();
        return kept.startsWith(call.called()) && kept.startsWith("@", call.called().length()) ? kept : call.called();
    }

    RuleTerms terms() {
        return rule.terms();
    }
}
