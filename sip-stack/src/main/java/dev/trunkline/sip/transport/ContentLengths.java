package dev.trunkline.sip.transport;

import java.util.OptionalInt;

/** Reads Content-Length from a header section (RFC 3261 section 20.14). */
final class ContentLengths {
    private ContentLengths() {}

    /** @return 0 if there is none; empty if it is not a number, or there are two different ones */
    static OptionalInt of(String head) {
        int found = -1;
        for (int line = next(head, 0); line > 0 && line < head.length(); line = next(head, line)) {
            int colon = head.indexOf(':', line);
            if (colon < 0) {
                break;
            }
            // A line that begins with a blank continues the previous one.
            if (isBlank(head.charAt(line)) || !names(head.substring(line, colon))) {
                continue;
            }
            OptionalInt value = number(value(head, colon + 1));
            if (value.isEmpty() || (found >= 0 && found != value.getAsInt())) {
                return OptionalInt.empty();
            }
            found = value.getAsInt();
        }
        return OptionalInt.of(Math.max(found, 0));
    }

    private static boolean names(String field) {
        String name = field.strip();
        return name.equalsIgnoreCase("Content-Length") || name.equalsIgnoreCase("l");
    }

    /** Returns the value up to the end of the last continuation line. */
    private static String value(String head, int from) {
        int to = next(head, from);
        while (to > 0 && to < head.length() && isBlank(head.charAt(to))) {
            to = next(head, to);
        }
        return head.substring(from, to <= 0 ? head.length() : to).strip();
    }

    private static OptionalInt number(String digits) {
        if (digits.isEmpty() || digits.length() > 9 || !digits.chars().allMatch(c -> c >= '0' && c <= '9')) {
            return OptionalInt.empty();
        }
        return OptionalInt.of(Integer.parseInt(digits));
    }

    private static boolean isBlank(char c) {
        return c == ' ' || c == '\t';
    }

    /** Returns where the next line begins; 0 if there is none. */
    private static int next(String head, int from) {
        return head.indexOf('\n', from) + 1;
    }
}
