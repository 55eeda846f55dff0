package dev.trunkline.edge.text;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;

/** Small scanners. Each looks at a character once and takes time in proportion to the text. */
public final class Texts {
    private static final int MOST_DIGITS = 9;

    private Texts() {}

    /**
     * Returns the pieces between separators; empty ones are left out.
     *
     * @param separators each of its characters ends a piece
     * @param most pieces that are kept; those after them are dropped
     */
    public static List<String> pieces(String text, String separators, int most) {
        var pieces = new ArrayList<String>();
        int begin = 0;
        for (int at = 0; at <= text.length() && pieces.size() < most; at++) {
            if (at == text.length() || separators.indexOf(text.charAt(at)) >= 0) {
                if (at > begin) {
                    pieces.add(text.substring(begin, at));
                }
                begin = at + 1;
            }
        }
        return pieces;
    }

    /**
     * Returns the pieces between separators outside of quoted strings (RFC 3261 section 25.1); a quote that is never closed
     * contains the rest.
     */
    public static List<String> unquotedPieces(String text, char separator, int most) {
        var pieces = new ArrayList<String>();
        boolean quoted = false;
        int begin = 0;
        for (int at = 0; at <= text.length() && pieces.size() < most; at++) {
            if (at == text.length() || !quoted && text.charAt(at) == separator) {
                pieces.add(text.substring(begin, at));
                begin = at + 1;
            } else if (quoted && text.charAt(at) == '\\') {
                at++;
            } else if (text.charAt(at) == '"') {
                quoted = !quoted;
            }
        }
        return pieces;
    }

    /** Returns the lines of a text, whether they end in CRLF, LF or CR; empty ones are left out. */
    public static List<String> lines(String text, int most) {
        return pieces(text, "\r\n", most);
    }

    /** Returns the number with which a text begins; empty if it begins with none, or with more than nine digits. */
    public static OptionalInt leadingNumber(String text) {
        int end = 0;
        while (end < text.length() && isDigit(text.charAt(end))) {
            end++;
        }
        return end == 0 || end > MOST_DIGITS ? OptionalInt.empty() : OptionalInt.of(Integer.parseInt(text.substring(0, end)));
    }

    /** Returns the number that a text consists of; empty if it is none, or has more than {@code mostDigits}, which are nine at most. */
    public static OptionalInt number(String text, int mostDigits) {
        return text.length() > mostDigits || !isDigits(text) ? OptionalInt.empty() : leadingNumber(text);
    }

    /** Whether there is at least one character, and all are digits. */
    public static boolean isDigits(String text) {
        return !text.isEmpty() && digits(text).length() == text.length();
    }

    /** Returns the digits of a text, in order. */
    public static String digits(String text) {
        var digits = new StringBuilder(text.length());
        for (int at = 0; at < text.length(); at++) {
            if (isDigit(text.charAt(at))) {
                digits.append(text.charAt(at));
            }
        }
        return digits.toString();
    }

    public static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }

    public static boolean isLetter(char c) {
        return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z';
    }

    /**
     * Makes a text fit to be shown and logged: without control characters, without those that turn the text around or break
     * its line (RFC 8264 section 9 lists them as controls), and without blanks at its ends.
     *
     * @param most characters that are kept
     */
    public static String cleaned(String text, int most) {
        var cleaned = new StringBuilder(Math.min(text.length(), most));
        for (int at = 0; at < text.length() && cleaned.length() < most; at++) {
            char c = text.charAt(at);
            if (c == '\t') {
                cleaned.append(' ');
            } else if (!isControl(c)) {
                cleaned.append(c);
            }
        }
        int end = cleaned.length();
        if (end > 0 && Character.isHighSurrogate(cleaned.charAt(end - 1))) {
            // Half of a surrogate pair.
            cleaned.setLength(end - 1);
        }
        return cleaned.toString().strip();
    }

    /** Whether it is a control character, or has the effect of one. */
    public static boolean isControl(char c) {
        return Character.isISOControl(c)
                || c >= '\u200B' && c <= '\u200F'
                || c >= '\u2028' && c <= '\u202E'
                || c >= '\u2060' && c <= '\u2069'
                || c == '\uFEFF';
    }

    /** Whether every character is printable ASCII, including blanks. */
    public static boolean isPrintable(String text) {
        for (int at = 0; at < text.length(); at++) {
            if (text.charAt(at) < ' ' || text.charAt(at) > '~') {
                return false;
            }
        }
        return true;
    }

    /** Whether every character is a letter, a digit or one of {@code more}; true for an empty text. */
    public static boolean isOf(String text, String more) {
        for (int at = 0; at < text.length(); at++) {
            char c = text.charAt(at);
            if (!isDigit(c) && !isLetter(c) && more.indexOf(c) < 0) {
                return false;
            }
        }
        return true;
    }
}
