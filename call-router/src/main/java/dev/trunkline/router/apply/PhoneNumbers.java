package dev.trunkline.router.apply;

import dev.trunkline.events.numbers.NumberPlan;
import dev.trunkline.router.fields.Fields;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** Numbers and patterns in a directory file. */
final class PhoneNumbers {
    private static final NumberPlan INTERNATIONAL = new NumberPlan(Optional.empty());
    private static final Pattern E164 = Pattern.compile("\\+[1-9][0-9]{1,14}");
    /** Digits with separators, a plus or not, a star at the end or not. */
    private static final Pattern PATTERN = Pattern.compile("\\+?[-.() 0-9]*[0-9][-.() 0-9]*\\*?");

    private PhoneNumbers() {}

    /** A number in international form as E.164; empty if it is none. */
    static Optional<String> e164(String written) {
        return Optional.of(INTERNATIONAL.normalise(written).text()).filter(text -> E164.matcher(text).matches());
    }

    /** Numbers, or beginnings of numbers with a star. They stay as written: what they are depends on the trunk's plan. */
    static List<String> patterns(Fields fields, String field) {
        List<String> written = fields.texts(field);
        for (int i = 0; i < written.size(); i++) {
            String text = written.get(i);
            String at = field + "[" + i + "]";
            if (!PATTERN.matcher(text).matches()) {
                fields.fault(at, "write a number, or its beginning and a star: \"+3225550100\", \"+32255*\"");
            } else if (text.endsWith("*") && !text.startsWith("+") && !text.startsWith("00")) {
                fields.fault(at, "the beginning of a number is written internationally: \"+32255*\"");
            }
        }
        return written;
    }
}
