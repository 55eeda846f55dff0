package dev.trunkline.router.routing;

import dev.trunkline.router.directory.Directory;
import dev.trunkline.router.directory.DispatchRule;
import dev.trunkline.router.directory.NumberKey;
import dev.trunkline.router.directory.Organisation;
import dev.trunkline.router.directory.PhoneNumber;
import dev.trunkline.router.directory.RuleTerms;

/**
 * A call, whose it is, and the rule that takes it: what is left is to go where the rule says.
 *
 * @param number the entry of the directory that the called number belongs to
 */
record Matched(Call call, Directory directory, PhoneNumber number, Organisation organisation, DispatchRule rule) {

    /** Under which the call is counted and told: the number that was called, with the trunk where it is one trunk's alone. */
    String calledNumber() {
        return calledNumber(call, number);
    }

    /** The same, while no rule is known. */
    static String calledNumber(Call call, PhoneNumber number) {
        // What is 1001 on one trunk may be somebody else's on another, and must not be counted with it.
        return NumberKey.trunkOf(number.phoneNumber())
                .map(trunk -> call.called() + "@" + trunk)
                .orElse(call.called());
    }

    RuleTerms terms() {
        return rule.terms();
    }
}
