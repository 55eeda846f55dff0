package dev.trunkline.events.destinations;

import java.util.Locale;
import java.util.Optional;

/**
 * A requested call target, taken apart and not judged yet.
 *
 * @param written the part that stands for a number or a name: everything except the scheme of a {@code tel:} URI, the user part of
 *     a {@code sip:} URI with its parameters
 * @param host of a {@code sip:} URI, in lower case, an IPv6 address without brackets; empty for a number
 */
public record Target(String written, Optional<String> host) {
    /** Longer than the URI of anybody who can be called. */
    public static final int LONGEST = 256;
    private static final int LONGEST_EXTENSION = 6;
    private static final int LONGEST_NAME = 63;
    /** RFC 3966 section 5.1.1, and spaces that people leave in. */
    private static final String SEPARATORS = "-.() ";

    /** Returns empty for text that is neither a number nor a URI. */
    public static Optional<Target> read(String to) {
        String text = to.strip();
        if (text.isEmpty() || text.length() > LONGEST || !printable(text)) {
            return Optional.empty();
        }
        if (begins(text, "tel:")) {
            return present(text.substring(4), Optional.empty());
        }
        if (begins(text, "sip:") || begins(text, "sips:")) {
            return ofSip(text.substring(text.indexOf(':') + 1));
        }
        return present(text, Optional.empty());
    }

    /** RFC 3261 section 19.1.1: user[:password]@host[:port], then parameters and headers, none of which is followed. */
    private static Optional<Target> ofSip(String rest) {
        int at = rest.lastIndexOf('@');
        if (at < 0) {
            return Optional.empty();
        }
        String user = rest.substring(0, at);
        int password = user.indexOf(':');
        String host = hostOf(rest.substring(at + 1));
        // An @ or a ? in the user part does not conform to RFC 3261, and parsers read it differently.
        boolean odd = user.indexOf('@') >= 0 || user.indexOf('?') >= 0 || host.isEmpty();
        return odd ? Optional.empty() : present(password < 0 ? user : user.substring(0, password), Optional.of(host));
    }

    private static String hostOf(String behind) {
        int end = behind.length();
        for (char stop : new char[] {';', '?'}) {
            int found = behind.indexOf(stop);
            end = found < 0 ? end : Math.min(end, found);
        }
        String place = behind.substring(0, end);
        if (place.startsWith("[")) {
            int close = place.indexOf(']');
            return close < 0 ? "" : place.substring(1, close).toLowerCase(Locale.ROOT);
        }
        int port = place.indexOf(':');
        return (port < 0 ? place : place.substring(0, port)).toLowerCase(Locale.ROOT);
    }

    private static Optional<Target> present(String written, Optional<String> host) {
        return written.isBlank() ? Optional.empty() : Optional.of(new Target(written.strip(), host));
    }

    private static boolean begins(String text, String scheme) {
        return text.regionMatches(true, 0, scheme, 0, scheme.length());
    }

    private static boolean printable(String text) {
        return text.chars().allMatch(c -> c >= ' ' && c < 0x7F);
    }

    /**
     * Returns the digits at its beginning, with or without a plus, without separators: what its author would dial; empty for none.
     */
    public String digits() {
        String text = name();
        var digits = new StringBuilder(text.length());
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c >= '0' && c <= '9' || c == '+' && digits.isEmpty()) {
                digits.append(c);
            } else if (SEPARATORS.indexOf(c) < 0) {
                break;
            }
        }
        return digits.toString().equals("+") ? "" : digits.toString();
    }

    /** Returns the target without parameters, and with escaped ASCII characters (RFC 3261 section 19.1.2) unescaped. */
    public String name() {
        int parameters = written.indexOf(';');
        String text = parameters < 0 ? written : written.substring(0, parameters);
        var plain = new StringBuilder(text.length());
        for (int i = 0; i < text.length(); i++) {
            int code = text.charAt(i) == '%' && i + 2 < text.length()
                    ? Character.digit(text.charAt(i + 1), 16) * 16 + Character.digit(text.charAt(i + 2), 16)
                    : -1;
            if (code >= ' ' && code < 0x7F) {
                plain.append((char) code);
                i += 2;
            } else {
                plain.append(text.charAt(i));
            }
        }
        return plain.toString().strip();
    }

    /** Whether it is an extension or a name of a PBX, and not a public number: such a call costs nothing. */
    public boolean isInternal() {
        String digits = digits();
        return isExtension(digits) && digits.length() == withoutSeparators(name()) || host.isPresent() && isName(name());
    }

    /** Too few digits for a public number, and none of the stars that switch features of a PBX. */
    private static boolean isExtension(String digits) {
        return !digits.isEmpty() && digits.length() <= LONGEST_EXTENSION && digits.chars().allMatch(c -> c >= '0' && c <= '9');
    }

    private static long withoutSeparators(String text) {
        return text.chars().filter(c -> SEPARATORS.indexOf(c) < 0).count();
    }

    private static boolean isName(String text) {
        return !text.isEmpty() && text.length() <= LONGEST_NAME && isLetter(text.charAt(0))
                && text.chars().allMatch(c -> isLetter(c) || c >= '0' && c <= '9' || c == '.' || c == '_' || c == '-');
    }

    private static boolean isLetter(int c) {
        return c >= 'A' && c <= 'Z' || c >= 'a' && c <= 'z';
    }

    /** Reveals nothing: this record must not leak into a log line. */
    @Override
    public String toString() {
        return "Target[…]";
    }
}
