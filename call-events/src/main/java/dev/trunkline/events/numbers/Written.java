package dev.trunkline.events.numbers;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * The received text, without the parts that do not belong to the number.
 *
 * @param text digits, with or without a plus, if it is a number; else the word
 * @param context the {@code phone-context} (RFC 3966 section 5.1.5) without visual separators
 * @param how what was left out, in words
 */
record Written(String text, boolean number, Optional<String> context, List<String> how) {
    private static final int LONGEST = 20;
    /** RFC 3966 section 5.1.1, and spaces that people leave in. */
    private static final String SEPARATORS = "-.() ";
    private static final int LONGEST_EXTENSION = 9;
    private static final int LONGEST_CONTEXT = 15;
    /** No number is written at this length, whatever surrounds it; longer text is a word, and is not examined further. */
    private static final int LONGEST_RECEIVED = 256;

    static Written of(String received) {
        if (received.length() > LONGEST_RECEIVED) {
            return new Written(received, false, Optional.empty(), List.of("too long for a number"));
        }
        var how = new ArrayList<String>(4);
        String text = withoutScheme(received.strip(), how);
        Optional<String> context = Optional.empty();
        int parameters = text.indexOf(';');
        if (parameters >= 0) {
            context = parameters(text.substring(parameters + 1), how);
            text = text.substring(0, parameters);
        }
        text = unescaped(text).strip();
        Optional<String> digits = digits(text, how);
        if (digits.isEmpty()) {
            int extension = extension(text);
            if (extension > 0) {
                var steps = new ArrayList<>(how);
                digits = digits(text.substring(0, extension), steps);
                if (digits.isPresent()) {
                    steps.add("extension left out");
                    how = steps;
                }
            }
        }
        return new Written(digits.orElse(text), digits.isPresent(), context, how);
    }

    private static String withoutScheme(String text, List<String> how) {
        if (text.regionMatches(true, 0, "tel:", 0, 4)) {
            how.add("tel: removed");
            return text.substring(4);
        }
        if (!text.regionMatches(true, 0, "sip:", 0, 4) && !text.regionMatches(true, 0, "sips:", 0, 5)) {
            return text;
        }
        how.add("user part of the URI");
        String rest = text.substring(text.indexOf(':') + 1);
        int at = rest.indexOf('@');
        String user = at < 0 ? "" : rest.substring(0, at);
        // A password after a colon.
        int colon = user.indexOf(':');
        return colon < 0 ? user : user.substring(0, colon);
    }

    private static Optional<String> parameters(String parameters, List<String> how) {
        Optional<String> context = Optional.empty();
        for (String parameter : parameters.split(";")) {
            int equals = parameter.indexOf('=');
            String name = (equals < 0 ? parameter : parameter.substring(0, equals)).strip();
            if (name.equalsIgnoreCase("ext")) {
                how.add("extension left out");
            } else if (name.equalsIgnoreCase("isub")) {
                how.add("subaddress left out");
            } else if (name.equalsIgnoreCase("phone-context") && equals >= 0) {
                // A domain says whose number it is, which the trunk already does.
                context = global(unescaped(parameter.substring(equals + 1)));
            }
        }
        context.ifPresent(present -> how.add("in the phone-context that it came with"));
        return context;
    }

    /**
     * Returns where an extension begins that was written after a number, {@code x12} or {@code ext. 12}; 0 if there is none.
     */
    private static int extension(String text) {
        int at = text.length();
        while (at > 0 && isDigit(text.charAt(at - 1))) {
            at--;
        }
        int length = text.length() - at;
        if (length == 0 || length > LONGEST_EXTENSION) {
            return 0;
        }
        while (at > 0 && (text.charAt(at - 1) == ' ' || text.charAt(at - 1) == ':')) {
            at--;
        }
        int word = Stream.of("ext.", "ext", "x").filter(endsAt(text, at)).mapToInt(String::length).findFirst().orElse(0);
        if (word == 0) {
            return 0;
        }
        at -= word;
        if (at > 0 && (text.charAt(at - 1) == ';' || text.charAt(at - 1) == ',')) {
            at--;
        }
        int number = at;
        while (number > 0 && SEPARATORS.indexOf(text.charAt(number - 1)) >= 0) {
            number--;
        }
        return number > 0 && isDigit(text.charAt(number - 1)) ? at : 0;
    }

    private static Predicate<String> endsAt(String text, int at) {
        return word -> text.regionMatches(true, at - word.length(), word, 0, word.length());
    }

    private static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }

    /** Returns a plus and digits, without visual separators; empty for anything else. */
    private static Optional<String> global(String text) {
        var plain = new StringBuilder(text.length());
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (SEPARATORS.indexOf(c) >= 0) {
                continue;
            }
            if (!(plain.isEmpty() ? c == '+' : isDigit(c))) {
                return Optional.empty();
            }
            plain.append(c);
        }
        return plain.length() > 1 && plain.length() <= 1 + LONGEST_CONTEXT ? Optional.of(plain.toString()) : Optional.empty();
    }

    /** Returns the digits, with or without a plus, without visual separators; empty if there is anything else or nothing. */
    private static Optional<String> digits(String text, List<String> how) {
        var digits = new StringBuilder(text.length());
        boolean separated = false;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (isDigit(c) || c == '+' && digits.isEmpty()) {
                digits.append(c);
            } else if (SEPARATORS.indexOf(c) >= 0) {
                separated = true;
            } else {
                return Optional.empty();
            }
        }
        int plus = !digits.isEmpty() && digits.charAt(0) == '+' ? 1 : 0;
        int length = digits.length() - plus;
        if (length == 0 || length > LONGEST) {
            return Optional.empty();
        }
        if (separated) {
            how.add("separators removed");
        }
        return Optional.of(digits.toString());
    }

    /** Unescapes ASCII characters (RFC 3261 section 19.1.2), such as the plus, which careful stacks escape. */
    private static String unescaped(String text) {
        if (text.indexOf('%') < 0) {
            return text;
        }
        var plain = new StringBuilder(text.length());
        for (int i = 0; i < text.length(); i++) {
            int high = i + 2 < text.length() && text.charAt(i) == '%' ? Character.digit(text.charAt(i + 1), 16) : -1;
            int low = high < 0 ? -1 : Character.digit(text.charAt(i + 2), 16);
            int code = high * 16 + low;
            if (low >= 0 && code >= ' ' && code < 0x7F) {
                plain.append((char) code);
                i += 2;
            } else {
                plain.append(text.charAt(i));
            }
        }
        return plain.toString();
    }
}
