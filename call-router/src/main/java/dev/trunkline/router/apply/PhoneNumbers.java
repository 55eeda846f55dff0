package dev.trunkline.router.apply;

import dev.trunkline.events.numbers.NumberPlan;
import dev.trunkline.router.directory.NumberKey;
import dev.trunkline.router.fields.Fields;
import java.util.Optional;
import java.util.regex.Pattern;

/** The numbers of organisations, as a person writes them. */
public final class PhoneNumbers {
    private static final NumberPlan INTERNATIONAL = new NumberPlan(Optional.empty());
    private static final Pattern E164 = Pattern.compile("\\+[1-9][0-9]{1,14}");
    /** A trunk's number plan converts such numbers to E.164, so nothing would ever match. */
    private static final Pattern NATIONAL = Pattern.compile("[0-9]{7,}");

    private PhoneNumbers() {}

    /**
     * Returns the stored form of a number.
     *
     * @throws IllegalArgumentException with a message that says what to write
     */
    public static String key(String written) {
        if (written.startsWith("/") || written.contains("*@")) {
            // Not a number that a number plan can read.
            NumberKey.of(written);
            return written;
        }
        Optional<String> e164 = Optional.of(INTERNATIONAL.normalise(written).text())
                .filter(text -> E164.matcher(text).matches());
        if (e164.isPresent()) {
            return e164.get();
        }
        if (NATIONAL.matcher(written.replaceAll("[-.() ]", "")).matches()) {
            throw new IllegalArgumentException(NumberKey.WHAT_TO_WRITE);
        }
        NumberKey.of(written);
        return written;
    }

    /** Reads a number in its stored form; empty, with a fault, if there is none. */
    public static String read(Fields fields, String field) {
        Optional<String> written = fields.optionalText(field).filter(text -> !text.isEmpty());
        try {
            if (written.isPresent()) {
                return key(written.get());
            }
            fields.fault(field, NumberKey.WHAT_TO_WRITE);
        } catch (IllegalArgumentException e) {
            fields.fault(field, e.getMessage());
        }
        return "";
    }
}
