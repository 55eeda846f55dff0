package dev.trunkline.router.directory;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import java.util.Optional;

/** What {@link PhoneNumber#phoneNumber} stands for. */
public sealed interface NumberKey {
    /** An expression of this length can express everything about 15 digits. */
    int LONGEST_EXPRESSION = 200;
    /**
     * The largest size of an expression once its repetitions are written out, see {@link ExpressionSize}, because each
     * call is matched by it.
     */
    int MOST_REPEATED = 1_000;

    /** Part of every message about a faulty key. */
    String WHAT_TO_WRITE = "write the number in E.164 (\"+3225550100\"), a short number (\"1001\", or \"1001@pbx\" if it"
            + " belongs only to the trunk pbx), the beginning of numbers (\"+3905512345*\", or \"10*@pbx\"), a regular expression"
            + " (\"/^\\\\+39055\\\\d{4}$/\", or \"/1\\\\d{3}/@pbx\"), or \"*@pbx\" for everything else that the trunk pbx dials";

    /** One number: E.164, or a short number such as a PBX's extension. */
    record Exact(String number) implements NumberKey {}

    /** A number that has this meaning on one trunk only. @param trunk the trunk's name */
    record OnTrunk(String number, String trunk) implements NumberKey {}

    /** All numbers that begin like this. @param trunk name of the one trunk to which it applies; empty for any */
    record Beginning(String stem, Optional<String> trunk) implements NumberKey {}

    /**
     * All numbers that match as a whole. RE2's expressions take linear time, whatever an operator writes.
     *
     * @param trunk name of the one trunk to which it applies; empty for any
     */
    record Expression(Pattern pattern, Optional<String> trunk) implements NumberKey {}

    /** Everything that a trunk dials and that has no other key. @param trunk its name */
    record AllOfTrunk(String trunk) implements NumberKey {}

    /** @throws IllegalArgumentException with what is wrong, if it is none of these */
    static NumberKey of(String written) {
        Optional<String> trunk = trunkOf(written);
        String number = written.substring(0, written.length() - trunk.map(name -> name.length() + 1).orElse(0));
        if (number.length() > 2 && number.startsWith("/") && number.endsWith("/")) {
            return new Expression(expression(number.substring(1, number.length() - 1)), trunk);
        }
        if (Forms.BEGINNING.matches(number)) {
            return new Beginning(number.substring(0, number.length() - 1), trunk);
        }
        if (number.equals("*") && trunk.isPresent()) {
            return new AllOfTrunk(trunk.get());
        }
        if (Forms.SHORT.matches(number)) {
            return trunk.<NumberKey>map(name -> new OnTrunk(number, name)).orElseGet(() -> new Exact(number));
        }
        if (trunk.isEmpty() && Forms.E164.matches(number)) {
            return new Exact(number);
        }
        throw new IllegalArgumentException(WHAT_TO_WRITE);
    }

    /** Returns the trunk to which a key is bound: the text after its number, beginning or expression and an at sign. */
    static Optional<String> trunkOf(String written) {
        if (written.startsWith("/")) {
            int end = written.lastIndexOf("/@");
            return end > 0 && end + 2 < written.length() && !written.endsWith("/") ? Optional.of(written.substring(end + 2)) : Optional.empty();
        }
        int at = written.indexOf('@');
        return at > 0 && at < written.length() - 1 ? Optional.of(written.substring(at + 1)) : Optional.empty();
    }

    private static Pattern expression(String regex) {
        if (regex.length() > LONGEST_EXPRESSION) {
            throw new IllegalArgumentException(
                    "a regular expression has at most " + LONGEST_EXPRESSION + " characters");
        }
        if (ExpressionSize.of(regex) > MOST_REPEATED) {
            throw new IllegalArgumentException("the regular expression repeats too much: a number has 15 digits");
        }
        try {
            return Pattern.compile(regex);
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
