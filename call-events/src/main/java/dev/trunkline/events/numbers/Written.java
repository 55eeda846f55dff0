package dev.trunkline.events.numbers;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What was received, without what does not belong to the number.
 *
 * @param text digits, with a plus or not, if it is a number; else the word
 * @param context the {@code phone-context} (RFC 3966 section 5.1.5) without visual separators
 * @param how what was left out, in words
 */
record Written(String text, boolean number, Optional<String> context, List<String> how) {
    private static final int LONGEST = 20;
    /** RFC 3966 section 5.1.1, and spaces that people leave in. */
    private static final String SEPARATORS = "-.() ";
    private static final Pattern EXTENSION = Pattern.compile("(?i)(.*[0-9][-.() ]*)(?:;|,)?(?:x|ext\\.?)[ :]*[0-9]{1,9}");
    private static final Pattern GLOBAL = Pattern.compile("\\+[0-9]{1,15}");

    static Written of(String received) {
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
            Matcher extension = EXTENSION.matcher(text);
            if (extension.matches()) {
                var steps = new ArrayList<>(how);
                digits = digits(extension.group(1), steps);
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
        // A password behind a colon.
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
                String value = unescaped(parameter.substring(equals + 1)).replaceAll("[-.() ]", "");
                // A domain says whose number it is, which the trunk does already.
                context = Optional.of(value).filter(text -> GLOBAL.matcher(text).matches());
            }
        }
        context.ifPresent(present -> how.add("in the phone-context that it came with"));
        return context;
    }

    /** Digits, after a plus or not, without visual separators; empty if there is anything else or nothing. */
    private static Optional<String> digits(String text, List<String> how) {
        var digits = new StringBuilder(text.length());
        boolean separated = false;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c >= '0' && c <= '9' || c == '+' && digits.isEmpty()) {
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

    /** ASCII characters that were escaped (RFC 3261 section 19.1.2), such as the plus by careful stacks. */
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
