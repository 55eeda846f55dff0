package dev.trunkline.sip.message;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/**
 * The small scanners that all parsing here is built on; each is linear over a range of octets. Within a header field CR and LF
 * count as blanks: they occur there only where a line is folded (RFC 3261 section 7.3.1).
 */
final class Scan {
    private static final boolean[] TOKEN = new boolean[128];

    static {
        for (char c = '0'; c <= 'z'; c++) {
            TOKEN[c] = Character.isLetterOrDigit(c);
        }
        for (char c : "-.!%*_+`'~".toCharArray()) {
            TOKEN[c] = true;
        }
    }

    private Scan() {}

    /** Returns whether a character may be in a token (RFC 3261 section 25.1). */
    static boolean isToken(int c) {
        return c >= 0 && c < 128 && TOKEN[c];
    }

    static boolean isDigit(int c) {
        return c >= '0' && c <= '9';
    }

    static boolean isBlank(int c) {
        return c == ' ' || c == '\t' || c == '\r' || c == '\n';
    }

    static boolean isLetter(int c) {
        return (c | 0x20) >= 'a' && (c | 0x20) <= 'z';
    }

    /** Returns whether the range is a token: one or more token characters. */
    static boolean isToken(byte[] octets, int from, int to) {
        for (int i = from; i < to; i++) {
            if (!isToken(octets[i])) {
                return false;
            }
        }
        return from < to;
    }

    /** @return the first position from {@code from} on that is not a blank, or {@code to} */
    static int skipBlanks(byte[] octets, int from, int to) {
        int at = from;
        while (at < to && isBlank(octets[at])) {
            at++;
        }
        return at;
    }

    /** @return the position after the last character that is not a blank, or {@code from} */
    static int trimEnd(byte[] octets, int from, int to) {
        int end = to;
        while (end > from && isBlank(octets[end - 1])) {
            end--;
        }
        return end;
    }

    static int skipToken(byte[] octets, int from, int to) {
        int at = from;
        while (at < to && isToken(octets[at])) {
            at++;
        }
        return at;
    }

    /** @return position of {@code wanted}, or -1 */
    static int indexOf(byte[] octets, int from, int to, int wanted) {
        for (int i = from; i < to; i++) {
            if (octets[i] == wanted) {
                return i;
            }
        }
        return -1;
    }

    /** @param text in ASCII, compared without regard to case */
    static boolean same(byte[] octets, int from, int to, String text) {
        if (to - from != text.length()) {
            return false;
        }
        for (int i = 0; i < text.length(); i++) {
            if (lower(octets[from + i]) != lower(text.charAt(i))) {
                return false;
            }
        }
        return true;
    }

    /** @param text in ASCII, compared without regard to case */
    static boolean starts(byte[] octets, int from, int to, String text) {
        return to - from >= text.length() && same(octets, from, from + text.length(), text);
    }

    static int lower(int c) {
        return c >= 'A' && c <= 'Z' ? c + 32 : c;
    }

    /**
     * Returns where a piece ends. A separator in quotes or angle brackets does not end it.
     *
     * @return the position of the separator, or {@code to}; -1 if a quote or a bracket has no end, or brackets are nested
     */
    static int pieceEnd(byte[] octets, int from, int to, int separator) {
        boolean quoted = false;
        boolean bracketed = false;
        for (int i = from; i < to; i++) {
            int c = octets[i];
            if (quoted && c == '\\') {
                i++;
            } else if (c == '"' && !bracketed) {
                quoted = !quoted;
            } else if (quoted) {
                continue;
            } else if (c == '<') {
                if (bracketed) {
                    return -1;
                }
                bracketed = true;
            } else if (c == '>') {
                bracketed = false;
            } else if (c == separator && !bracketed) {
                return i;
            }
        }
        return quoted || bracketed ? -1 : to;
    }

    /**
     * Parses a number of up to ten digits.
     *
     * @return -1 if it is not a number, or has more digits
     */
    static long number(byte[] octets, int from, int to) {
        if (from >= to || to - from > 10) {
            return -1;
        }
        long number = 0;
        for (int i = from; i < to; i++) {
            if (!isDigit(octets[i])) {
                return -1;
            }
            number = 10 * number + octets[i] - '0';
        }
        return number;
    }

    /** Decodes text as UTF-8, or as ISO 8859-1 if it is not valid UTF-8, so that no octet is lost. A fold becomes one blank. */
    static String text(byte[] octets, int from, int to) {
        boolean ascii = true;
        for (int i = from; i < to; i++) {
            if (octets[i] == '\r' || octets[i] == '\n') {
                byte[] flat = unfolded(octets, from, to);
                return text(flat, 0, flat.length);
            }
            ascii &= octets[i] >= 0;
        }
        if (ascii) {
            return new String(octets, from, to - from, StandardCharsets.ISO_8859_1);
        }
        try {
            return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(octets, from, to - from)).toString();
        } catch (CharacterCodingException e) {
            return new String(octets, from, to - from, StandardCharsets.ISO_8859_1);
        }
    }

    private static byte[] unfolded(byte[] octets, int from, int to) {
        byte[] flat = new byte[to - from];
        int length = 0;
        for (int i = from; i < to; i++) {
            if (octets[i] == '\r' || octets[i] == '\n') {
                i = skipBlanks(octets, i, to) - 1;
                flat[length++] = ' ';
            } else {
                flat[length++] = octets[i];
            }
        }
        return java.util.Arrays.copyOf(flat, length);
    }
}
