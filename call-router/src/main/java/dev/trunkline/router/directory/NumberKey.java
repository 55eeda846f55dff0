package dev.trunkline.router.directory;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;

/** What {@link PhoneNumber#phoneNumber} stands for. */
public sealed interface NumberKey {
    /** Expressions of this length say all that there is to say about 15 digits. */
    int LONGEST_EXPRESSION = 200;

    /** Stands in whatever could be wrong with a key. */
    String WHAT_TO_WRITE = "write the number in E.164 (\"+3225550100\"), a short number (\"1001\", or \"1001@pbx\" where it"
            + " is only that of the trunk pbx), the beginning of numbers (\"+3905512345*\") or a regular expression"
            + " (\"/^\\\\+39055\\\\d{4}$/\")";

    /** One number: E.164, or a short number such as a PBX's extension. */
    record Exact(String number) implements NumberKey {}

    /** A number that means this only on one trunk. @param trunk the trunk's name */
    record OnTrunk(String number, String trunk) implements NumberKey {}

    /** All numbers that begin so. */
    record Beginning(String stem) implements NumberKey {}

    /** All numbers that match as a whole. RE2's expressions take linear time, whatever a tenant writes. */
    record Expression(Pattern pattern) implements NumberKey {}

    /** @throws IllegalArgumentException with what is wrong, if it is none of these */
    static NumberKey of(String written) {
        if (written.length() > 2 && written.startsWith("/") && written.endsWith("/")) {
            return expression(written.substring(1, written.length() - 1));
        }
        if (Forms.BEGINNING.matches(written)) {
            return new Beginning(written.substring(0, written.length() - 1));
        }
        int at = written.indexOf('@');
        if (at > 0 && at < written.length() - 1 && Forms.SHORT.matches(written.substring(0, at))) {
            return new OnTrunk(written.substring(0, at), written.substring(at + 1));
        }
        if (Forms.E164.matches(written) || Forms.SHORT.matches(written)) {
            return new Exact(written);
        }
        throw new IllegalArgumentException(WHAT_TO_WRITE);
    }

    private static NumberKey expression(String regex) {
        if (regex.length() > LONGEST_EXPRESSION) {
            throw new IllegalArgumentException(
                    "a regular expression has at most " + LONGEST_EXPRESSION + " characters");
        }
        try {
            return new Expression(Pattern.compile(regex));
        } catch (PatternSyntaxException e) {
            throw new IllegalArgumentException(
                    "not a regular expression (RE2 syntax, which has no look-around and no back-references): "
                            + e.getDescription());
        }
    }

    /** The forms of the keys that are not expressions. */
    final class Forms {
        static final Pattern E164 = Pattern.compile("\\+[1-9][0-9]{1,14}");
        /** What a PBX may send as dialled: extensions, services, names. */
        static final Pattern SHORT = Pattern.compile("[*#]{0,2}[0-9][0-9*#]{0,13}|[A-Za-z][A-Za-z0-9._-]{0,62}");
        static final Pattern BEGINNING = Pattern.compile("\\+[1-9][0-9]{0,14}\\*|[0-9]{1,14}\\*");

        private Forms() {}
    }
}
