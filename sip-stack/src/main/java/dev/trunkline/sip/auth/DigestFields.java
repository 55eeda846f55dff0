package dev.trunkline.sip.auth;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * The parameters of a challenge or of credentials: {@code Digest name=token, name="quoted"} (RFC 7616 section 3.3 and 3.4).
 *
 * @param values by name in lower case, without quotes and escapes
 */
public record DigestFields(Map<String, String> values) {
    /** Longer headers are not worth parsing. */
    private static final int MOST_CHARACTERS = 4_096;
    private static final int MOST_FIELDS = 32;
    private static final String SCHEME = "digest";

    /** @return empty if it has another scheme, is malformed, or has a parameter twice */
    public static Optional<DigestFields> parse(String header) {
        String text = header.strip();
        if (text.length() > MOST_CHARACTERS
                || !text.regionMatches(true, 0, SCHEME, 0, SCHEME.length())
                || text.length() == SCHEME.length()
                || !Character.isWhitespace(text.charAt(SCHEME.length()))) {
            return Optional.empty();
        }
        return new Reader(text, SCHEME.length()).read().map(DigestFields::new);
    }

    public Optional<String> get(String name) {
        return Optional.ofNullable(values.get(name));
    }

    /** Returns the value of a parameter; empty if it is missing. */
    public String text(String name) {
        return values.getOrDefault(name, "");
    }

    /** Quotes a value, and escapes the characters that a quoted-string must not contain unescaped (RFC 3261 section 25.1). */
    public static String quoted(String value) {
        return '"' + value.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
    }

    /** Reveals nothing about the user. */
    @Override
    public String toString() {
        return "DigestFields[…]";
    }

    /** Reads in one pass from left to right. */
    private static final class Reader {
        private final String text;
        private int at;

        Reader(String text, int from) {
            this.text = text;
            this.at = from;
        }

        Optional<Map<String, String>> read() {
            var values = new LinkedHashMap<String, String>();
            while (true) {
                skipBlanks();
                String name = token().toLowerCase(Locale.ROOT);
                skipBlanks();
                if (name.isEmpty() || !take('=')) {
                    return Optional.empty();
                }
                skipBlanks();
                Optional<String> value = at < text.length() && text.charAt(at) == '"' ? quotedString() : Optional.of(token());
                if (value.isEmpty() || values.size() == MOST_FIELDS || values.putIfAbsent(name, value.get()) != null) {
                    return Optional.empty();
                }
                skipBlanks();
                if (at == text.length()) {
                    return Optional.of(values);
                }
                if (!take(',')) {
                    return Optional.empty();
                }
            }
        }

        private void skipBlanks() {
            while (at < text.length() && Character.isWhitespace(text.charAt(at))) {
                at++;
            }
        }

        private boolean take(char wanted) {
            if (at < text.length() && text.charAt(at) == wanted) {
                at++;
                return true;
            }
            return false;
        }

        /** Reads up to a separator; some peers write a URI or a nonce without quotes. */
        private String token() {
            int begin = at;
            while (at < text.length() && ",=\" \t\r\n".indexOf(text.charAt(at)) < 0
                    || at < text.length() && text.charAt(at) == '=' && isPadding(begin)) {
                at++;
            }
            return text.substring(begin, at);
        }

        /** Returns whether this is the base64 padding of a nonce: an equals sign that follows a value, not a name. */
        private boolean isPadding(int begin) {
            return begin > 0 && text.charAt(begin - 1) == '=';
        }

        private Optional<String> quotedString() {
            var value = new StringBuilder();
            for (at++; at < text.length(); at++) {
                char c = text.charAt(at);
                if (c == '"') {
                    at++;
                    return Optional.of(value.toString());
                }
                if (c == '\\' && ++at < text.length()) {
                    c = text.charAt(at);
                }
                value.append(c);
            }
            return Optional.empty();
        }
    }
}
