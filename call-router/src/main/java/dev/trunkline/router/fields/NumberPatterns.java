package dev.trunkline.router.fields;

import java.util.List;
import java.util.regex.Pattern;

/** Lists of numbers and beginnings of numbers, as trunks and rules have them. */
public final class NumberPatterns {
    /** Digits with separators, with or without a plus, with or without a star at the end. */
    private static final Pattern NUMBER = Pattern.compile("\\+?[-.() 0-9]*[0-9][-.() 0-9]*\\*?");
    /** A service of a PBX: {@code *97}. */
    private static final Pattern SHORT = Pattern.compile("[*#][0-9*#]*[0-9#]");

    private NumberPatterns() {}

    /** Reads them as they are written, because their meaning depends on the trunk's number plan. */
    public static List<String> read(Fields fields, String field) {
        List<String> written = fields.texts(field);
        for (int i = 0; i < written.size(); i++) {
            String text = written.get(i);
            String at = field + "[" + i + "]";
            if (NUMBER.matcher(text).matches()) {
                if (text.endsWith("*") && !text.startsWith("+") && !text.startsWith("00")) {
                    fields.fault(at, "the beginning of a number is written internationally: \"+32255*\"");
                }
            } else if (!SHORT.matcher(text).matches()) {
                fields.fault(at, "write a number, or its beginning and a star: \"+3225550100\", \"+32255*\"");
            }
        }
        return written;
    }
}
