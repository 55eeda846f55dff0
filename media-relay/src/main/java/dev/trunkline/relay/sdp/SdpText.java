package dev.trunkline.relay.sdp;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;

/**
 * Scanners over one line of a description. The text was written by strangers and is read on threads that serve others, so
 * each scanner goes over its text once, from left to right, without a regular expression and without recursion, and gives up at a
 * count that the caller sets.
 */
final class SdpText {
    /** More digits than any relevant number has. */
    private static final int MOST_DIGITS = 9;

    private SdpText() {}

    /** Returns the words between spaces and tabs. @return the first {@code most} and one more, which shows that there are too many */
    static List<String> words(String text, int most) {
        List<String> words = new ArrayList<>();
        int at = 0;
        while (words.size() <= most) {
            while (at < text.length() && isSpace(text.charAt(at))) {
                at++;
            }
            int begin = at;
            while (at < text.length() && !isSpace(text.charAt(at))) {
                at++;
            }
            if (begin == at) {
                break;
            }
            words.add(text.substring(begin, at));
        }
        return words;
    }

    /** Returns the pieces between separators, each without the spaces around it. @return {@code most} at most; the rest is left out */
    static List<String> pieces(String text, char separator, int most) {
        List<String> pieces = new ArrayList<>();
        int at = 0;
        while (at <= text.length() && pieces.size() < most) {
            int end = text.indexOf(separator, at);
            end = end < 0 ? text.length() : end;
            pieces.add(text.substring(at, end).strip());
            at = end + 1;
        }
        return pieces;
    }

    static boolean isSpace(char character) {
        return character == ' ' || character == '\t';
    }

    /** Parses digits alone, 0 to {@code most}. */
    static OptionalInt number(String digits, int most) {
        if (digits.length() > MOST_DIGITS || !isDigits(digits)) {
            return OptionalInt.empty();
        }
        int value = Integer.parseInt(digits);
        return value > most ? OptionalInt.empty() : OptionalInt.of(value);
    }

    /** Returns whether there is a digit and nothing else. */
    static boolean isDigits(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) < '0' || text.charAt(i) > '9') {
                return false;
            }
        }
        return !text.isEmpty();
    }

    /** Returns whether it is one to {@code most} visible characters of ASCII: what may be repeated in an answer. */
    static boolean isVisible(String text, int most) {
        if (text.isEmpty() || text.length() > most) {
            return false;
        }
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) <= ' ' || text.charAt(i) > '~') {
                return false;
            }
        }
        return true;
    }
}
