package dev.trunkline.edge.sip.jain;

import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** Reads of an unparsed message no more than what tells an INVITE from its repetition, and which INVITE is answered. */
final class InvitePeek {
    private static final byte[] INVITE = "INVITE ".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] RESPONSE = "SIP/2.0 ".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] COOKIE = "branch=z9hG4bK".getBytes(StandardCharsets.US_ASCII);
    private static final int VALUE = "branch=".length();
    private static final String ENDS = "; \t,\r\n>\"";

    private InvitePeek() {}

    static boolean isInvite(byte[] message, int offset, int length) {
        return startsWith(message, offset, offset + length, INVITE);
    }

    static boolean isResponse(byte[] message, int offset, int length) {
        return startsWith(message, offset, offset + length, RESPONSE);
    }

    /**
     * The branch of a message's topmost Via (RFC 3261 section 8.1.1.7).
     *
     * @return empty if there is none, and for one of RFC 2543, which need not be unique
     */
    static Optional<String> branch(byte[] message, int offset, int length) {
        int end = offset + length;
        int line = offset;
        while ((line = nextLine(message, line, end)) < end) {
            if (isVia(message, line, end)) {
                return branchOf(message, line, nextLine(message, line, end));
            }
        }
        return Optional.empty();
    }

    private static Optional<String> branchOf(byte[] message, int from, int to) {
        for (int i = from; i < to; i++) {
            if (message[i] == ',') {
                // The next Via of the same line: the topmost had none.
                return Optional.empty();
            }
            if (startsWith(message, i, to, COOKIE)) {
                int begin = i + VALUE;
                int end = begin;
                while (end < to && ENDS.indexOf(message[end]) < 0) {
                    end++;
                }
                return Optional.of(new String(message, begin, end - begin, StandardCharsets.ISO_8859_1));
            }
        }
        return Optional.empty();
    }

    /** {@code Via:} or its short form, in any case (RFC 3261 section 7.3.3). */
    private static boolean isVia(byte[] message, int line, int end) {
        int i = line;
        while (i < end && message[i] != ':' && message[i] > ' ') {
            i++;
        }
        int name = i - line;
        return name == 1 && lower(message[line]) == 'v'
                || name == 3 && lower(message[line]) == 'v' && lower(message[line + 1]) == 'i'
                        && lower(message[line + 2]) == 'a';
    }

    private static int lower(byte letter) {
        return letter | 0x20;
    }

    private static int nextLine(byte[] message, int from, int end) {
        int i = from;
        while (i < end && message[i] != '\n') {
            i++;
        }
        return Math.min(i + 1, end);
    }

    private static boolean startsWith(byte[] message, int from, int end, byte[] prefix) {
        if (end - from < prefix.length) {
            return false;
        }
        for (int i = 0; i < prefix.length; i++) {
            if (message[from + i] != prefix[i]) {
                return false;
            }
        }
        return true;
    }
}
