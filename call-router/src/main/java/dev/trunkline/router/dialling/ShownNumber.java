package dev.trunkline.router.dialling;

import dev.trunkline.events.CallerIdPolicy;
import dev.trunkline.events.OutboundTrunk;
import dev.trunkline.events.destinations.Writing;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The number that an outbound call shows.
 *
 * @param text as the trunk wants it; empty for no number
 * @param whose a description without the number
 */
record ShownNumber(String text, String whose) {
    /** A received caller number can be anything; only this form is shown to others. */
    private static final Pattern E164 = Pattern.compile("\\+[1-9][0-9]{1,14}");

    static ShownNumber of(DialRequest request, OutboundTrunk trunk) {
        CallerIdPolicy policy = trunk.callerId();
        Optional<String> caller = request.caller().filter(number -> policy.pass() && E164.matcher(number).matches());
        if (caller.isPresent()) {
            return written(caller.get(), "the caller's number, which trunk %s passes on", trunk);
        }
        if (policy.number().isPresent()) {
            return written(policy.number().get(), "the number that trunk %s always shows", trunk);
        }
        return request.shown()
                .map(number -> written(number, "the organisation's number; trunk %s has none of its own", trunk))
                .orElseGet(() -> new ShownNumber("", "no number: neither the organisation nor trunk %s has one".formatted(trunk.name())));
    }

    private static ShownNumber written(String number, String whose, OutboundTrunk trunk) {
        return new ShownNumber(Writing.shown(number, trunk.dialling()), whose.formatted(trunk.name()));
    }
}
