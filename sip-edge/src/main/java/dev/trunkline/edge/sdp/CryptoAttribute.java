package dev.trunkline.edge.sdp;

import dev.trunkline.edge.text.Texts;
import java.util.Optional;
import java.util.function.Function;

/**
 * One line {@code a=crypto} (RFC 4568 section 9.1), read from left to right. It may contain nothing that RFC 4568 does not
 * define, because even a session parameter can hold a key.
 *
 * <pre>
 *   a=crypto:1 AES_CM_128_HMAC_SHA1_80 inline:&lt;key&gt;|2^20|1:4;inline:&lt;key&gt; WSH=64
 * </pre>
 */
final class CryptoAttribute {
    private static final String BEGINNING = "a=crypto:";
    private static final int MOST_TAG_DIGITS = 9;
    private static final int LONGEST_SUITE = 40;
    /** A key is 30 to 46 octets in base64, and a sealed one longer by its seal. */
    private static final int LONGEST_KEY = 512;
    private static final int MOST_KEYS = 8;
    private static final int MOST_PARAMETERS = 8;
    private static final int LONGEST_LIFETIME = 12;
    private static final int MOST_LENGTH_DIGITS = 3;
    private static final int LONGEST_NAME = 24;
    private static final int LONGEST_VALUE = 16;

    private final String line;
    private final String method;
    private final boolean anyCase;
    private final StringBuilder turned;
    private int at;

    private CryptoAttribute(String line, String method, boolean anyCase) {
        this.line = line;
        this.method = method + ":";
        this.anyCase = anyCase;
        this.turned = new StringBuilder(line.length() + 64);
    }

    /**
     * @param method how keys are written in the line: {@code inline}, {@code sealed}
     * @param anyCase whether the method is case-insensitive
     * @param other the replacement of each key and its method
     * @return the line with the replacements; empty if it is not of that form, or if one of its keys has no replacement
     */
    static String turned(String line, String method, boolean anyCase, Function<String, Optional<String>> other) {
        var attribute = new CryptoAttribute(line, method, anyCase);
        return attribute.read(other) ? attribute.turned.toString() : "";
    }

    private boolean read(Function<String, Optional<String>> other) {
        boolean begun = line.startsWith(BEGINNING)
                && advance(BEGINNING.length())
                && run(MOST_TAG_DIGITS, Texts::isDigit)
                && blanks()
                && run(LONGEST_SUITE, CryptoAttribute::isSuite)
                && blanks();
        return begun && keys(other) && parameters();
    }

    private boolean keys(Function<String, Optional<String>> other) {
        for (int count = 0; count < MOST_KEYS; count++) {
            if (!line.regionMatches(anyCase, at, method, 0, method.length())) {
                return false;
            }
            at += method.length();
            int begin = at;
            while (at < line.length() && isKey(line.charAt(at))) {
                at++;
            }
            if (at == begin || at - begin > LONGEST_KEY) {
                return false;
            }
            Optional<String> turnedKey = other.apply(line.substring(begin, at));
            if (turnedKey.isEmpty()) {
                return false;
            }
            turned.append(turnedKey.get());
            if (!lifetimes()) {
                return false;
            }
            if (!take(';')) {
                return true;
            }
        }
        return false;
    }

    /** A lifetime, {@code |2^20}, and then the index of the key and its length, {@code |1:4}; both may be missing. */
    private boolean lifetimes() {
        boolean lifetime = false;
        while (take('|')) {
            if (!run(LONGEST_LIFETIME, c -> Texts.isDigit(c) || c == '^')) {
                return false;
            }
            if (take(':')) {
                return run(MOST_LENGTH_DIGITS, Texts::isDigit);
            }
            if (lifetime) {
                return false;
            }
            lifetime = true;
        }
        return true;
    }

    private boolean parameters() {
        for (int count = 0; ; count++) {
            boolean parted = blanks();
            if (at == line.length() || line.charAt(at) == '\r' || line.charAt(at) == '\n') {
                turned.append(line, at, line.length());
                return line.substring(at).isBlank();
            }
            if (!parted || count == MOST_PARAMETERS) {
                return false;
            }
            take('-');
            if (!run(LONGEST_NAME, CryptoAttribute::isName) || take('=') && !run(LONGEST_VALUE, CryptoAttribute::isSuite)) {
                return false;
            }
        }
    }

    private interface Kind {
        boolean has(char c);
    }

    /** One to {@code most} characters of a kind, and none after them. */
    private boolean run(int most, Kind kind) {
        int begin = at;
        while (at < line.length() && kind.has(line.charAt(at))) {
            at++;
        }
        turned.append(line, begin, at);
        return at > begin && at - begin <= most;
    }

    private boolean blanks() {
        int begin = at;
        while (at < line.length() && (line.charAt(at) == ' ' || line.charAt(at) == '\t')) {
            at++;
        }
        turned.append(line, begin, at);
        return at > begin;
    }

    private boolean take(char wanted) {
        return at(wanted) && advance(1);
    }

    private boolean at(char wanted) {
        return at < line.length() && line.charAt(at) == wanted;
    }

    private boolean advance(int characters) {
        turned.append(line, at, at + characters);
        at += characters;
        return true;
    }

    private static boolean isKey(char c) {
        return c != '|' && c != ';' && c > ' ';
    }

    private static boolean isSuite(char c) {
        return c >= 'A' && c <= 'Z' || Texts.isDigit(c) || c == '_';
    }

    private static boolean isName(char c) {
        return c >= 'A' && c <= 'Z' || c == '_';
    }
}
