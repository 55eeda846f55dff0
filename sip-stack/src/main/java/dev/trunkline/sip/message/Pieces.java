package dev.trunkline.sip.message;

import java.util.ArrayList;
import java.util.List;

/** Splits text at separators that are neither in quotes nor in angle brackets. */
final class Pieces {
    private Pieces() {}

    /** @param most maximum number of pieces; the rest is left out */
    static List<String> of(String text, char separator, int most) {
        var pieces = new ArrayList<String>(2);
        int begin = 0;
        int at = end(text, separator, 0);
        while (at >= 0 && pieces.size() < most) {
            pieces.add(text.substring(begin, at));
            begin = at + 1;
            at = end(text, separator, begin);
        }
        if (pieces.size() < most) {
            pieces.add(text.substring(begin));
        }
        return pieces;
    }

    /** @return position of the wanted character outside quotes and brackets, or -1 */
    static int end(String text, char wanted, int from) {
        boolean quoted = false;
        boolean bracketed = false;
        for (int i = from; i < text.length(); i++) {
            char c = text.charAt(i);
            if (!quoted && !bracketed && c == wanted) {
                return i;
            }
            if (quoted && c == '\\') {
                i++;
            } else if (c == '"' && !bracketed) {
                quoted = !quoted;
            } else if (!quoted && c == '<') {
                bracketed = true;
            } else if (!quoted && c == '>') {
                bracketed = false;
            }
        }
        return -1;
    }
}
