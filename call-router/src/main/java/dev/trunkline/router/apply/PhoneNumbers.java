package dev.trunkline.router.apply;

import dev.trunkline.events.numbers.NumberPlan;
import java.util.Optional;
import java.util.regex.Pattern;

/** Numbers in a directory file. */
final class PhoneNumbers {
    private static final NumberPlan INTERNATIONAL = new NumberPlan(Optional.empty());
    private static final Pattern E164 = Pattern.compile("\\+[1-9][0-9]{1,14}");

    private PhoneNumbers() {}

    /** A number in international form as E.164; empty if it is none. */
    static Optional<String> e164(String written) {
        return Optional.of(INTERNATIONAL.normalise(written).text()).filter(text -> E164.matcher(text).matches());
    }
}
