package dev.trunkline.edge.ladder;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Masks the identities in addresses of headers and request lines: hosts and tags stay. Pure. */
final class AddressMask {
    static final String LEFT_OUT = "…";
    private static final int SHOWN_DIGITS = 3;
    /** With fewer digits, a user part is a name and no number. */
    private static final int NUMBER = 4;
    private static final String NOBODY = "anonymous";
    private static final List<String> SCHEMES = List.of("sips:", "sip:", "tel:");

    private AddressMask() {}

    /** @param value one or several addresses, with their parameters */
    static String of(String value) {
        var masked = new StringBuilder();
        int at = 0;
        while (at < value.length()) {
            char c = value.charAt(at);
            String scheme = schemeAt(value, at);
            if (c == '"') {
                masked.append('"').append(LEFT_OUT).append('"');
                at = afterQuote(value, at);
            } else if (!scheme.isEmpty()) {
                int end = endOfUri(value, at);
                masked.append(uri(value.substring(at, end), scheme));
                at = end;
            } else if (isName(value, at)) {
                masked.append(LEFT_OUT).append(' ');
                at = value.indexOf('<', at);
            } else {
                masked.append(c);
                at++;
            }
        }
        return masked.toString();
    }

    /** Returns the digits of each user part in it, unchanged. */
    static List<String> numbers(String value) {
        List<String> numbers = new ArrayList<>();
        for (int at = 0; at < value.length(); at++) {
            String scheme = schemeAt(value, at);
            if (!scheme.isEmpty()) {
                int end = endOfUri(value, at);
                String digits = digits(user(value.substring(at + scheme.length(), end), scheme));
                if (digits.length() >= NUMBER) {
                    numbers.add(digits);
                }
                at = end - 1;
            }
        }
        return numbers;
    }

    private static String schemeAt(String value, int at) {
        if (at > 0 && Character.isLetterOrDigit(value.charAt(at - 1))) {
            return "";
        }
        return SCHEMES.stream().filter(scheme -> value.regionMatches(true, at, scheme, 0, scheme.length())).findFirst().orElse("");
    }

    private static int afterQuote(String value, int open) {
        for (int at = open + 1; at < value.length(); at++) {
            if (value.charAt(at) == '\\') {
                at++;
            } else if (value.charAt(at) == '"') {
                return at + 1;
            }
        }
        return value.length();
    }

    /** Whether unquoted words that precede an address in angle brackets begin here. */
    private static boolean isName(String value, int at) {
        int open = value.indexOf('<', at);
        if (open < 0 || Character.isWhitespace(value.charAt(at)) || "<>;,=?".indexOf(value.charAt(at)) >= 0) {
            return false;
        }
        String before = value.substring(at, open);
        boolean begins = at == 0 || value.substring(0, at).isBlank() || lastSign(value, at) == ',';
        return begins && before.chars().noneMatch(c -> ";,=>\"".indexOf(c) >= 0);
    }

    private static char lastSign(String value, int before) {
        for (int at = before - 1; at >= 0; at--) {
            if (!Character.isWhitespace(value.charAt(at))) {
                return value.charAt(at);
            }
        }
        return ' ';
    }

    private static int endOfUri(String value, int begin) {
        for (int at = begin; at < value.length(); at++) {
            char c = value.charAt(at);
            if (c == '>' || c == ',' || c == '"' || Character.isWhitespace(c)) {
                return at;
            }
        }
        return value.length();
    }

    private static String uri(String uri, String scheme) {
        String rest = uri.substring(scheme.length());
        String user = user(rest, scheme);
        boolean hasUser = scheme.equals("tel:") || rest.length() > user.length() && rest.indexOf('@') >= 0;
        String after = hasUser ? rest.substring(scheme.equals("tel:") ? user.length() : rest.indexOf('@')) : rest;
        int headers = after.indexOf('?');
        String shown = headers < 0 ? after : after.substring(0, headers + 1) + LEFT_OUT;
        return uri.substring(0, scheme.length()) + (hasUser ? masked(user) : "") + shown;
    }

    /** Masks the part after the scheme. */
    private static String user(String rest, String scheme) {
        if (scheme.equals("tel:")) {
            int end = rest.indexOf(';');
            return end < 0 ? rest : rest.substring(0, end);
        }
        int end = rest.indexOf('@');
        return end < 0 ? "" : rest.substring(0, end);
    }

    private static String masked(String user) {
        if (user.toLowerCase(Locale.ROOT).equals(NOBODY)) {
            return user;
        }
        String digits = digits(user);
        return digits.length() < NUMBER ? LEFT_OUT : "x".repeat(digits.length() - SHOWN_DIGITS) + digits.substring(digits.length() - SHOWN_DIGITS);
    }

    private static String digits(String text) {
        var digits = new StringBuilder();
        text.chars().filter(c -> c >= '0' && c <= '9').limit(40).forEach(c -> digits.append((char) c));
        return digits.toString();
    }
}
