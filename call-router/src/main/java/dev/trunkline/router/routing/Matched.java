package dev.trunkline.router.routing;

import dev.trunkline.router.directory.Directory;
import dev.trunkline.router.directory.DispatchRule;
import dev.trunkline.router.directory.NumberKey;
import dev.trunkline.router.directory.Organisation;
import dev.trunkline.router.directory.PhoneNumber;
import dev.trunkline.router.directory.RuleTerms;

/**
 * A call, its organisation, and the rule that takes it: what remains is to go where the rule says.
 *
 * @param number the directory entry to which the called number belongs
 */
record Matched(Call call, Directory directory, PhoneNumber number, Organisation organisation, DispatchRule rule) {

    /**
     * Returns the number under which the call is counted and reported: the called number, with the trunk where it
     * belongs to one trunk alone.
     */
    String calledNumber() {
        return calledNumber(call, number);
    }

    /** Returns the same while no rule is known. */
    static String calledNumber(Call call, PhoneNumber number) {
        // The 1001 of one trunk may be another organisation's on another trunk, and must not be counted with it.
        return NumberKey.trunkOf(number.phoneNumber())
                .map(trunk -> call.called() + "@" + trunk)
                .orElse(call.called());
    }

    RuleTerms terms() {
        return rule.terms();
    }
}
