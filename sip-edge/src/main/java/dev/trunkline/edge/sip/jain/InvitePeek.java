package dev.trunkline.edge.sip.jain;

import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads of an unparsed message no more than what tells an INVITE from its repetition, and which INVITE is answered. */
final class InvitePeek {
    private static final byte[] INVITE = "INVITE ".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] RESPONSE = "SIP/2.0 ".getBytes(StandardCharsets.US_ASCII);
    /** Parameters may be quoted, and then hold anything: such a Via is not plain. */
    private static final Pattern PLAIN = Pattern.compile(
            "^[^:]*:[ \\t]*SIP/2\\.0/UDP[ \\t]+(?<by>[^;, \\t\\r\\n]+)(?:;[^;,\"\\s]*)*?;branch=(?<branch>z9hG4bK[^;,\"\\s]*)",
            Pattern.CASE_INSENSITIVE);

    private InvitePeek() {}

    static boolean isInvite(byte[] message, int offset, int length) {
        return startsWith(message, offset, offset + length, INVITE);
    }

    static boolean isResponse(byte[] message, int offset, int length) {
        return startsWith(message, offset, offset + length, RESPONSE);
    }

    /**
     * What names the transaction of a message: branch and sent-by of its topmost Via (RFC 3261 section 17.2.3).
     *
     * @return empty if they are not written plainly, and for a branch of RFC 2543, which need not be unique
     */
    static Optional<Via> via(byte[] message, int offset, int length) {
        int end = offset + length;
        int line = offset;
        while ((line = nextLine(message, line, end)) < end) {
            if (isVia(message, line, end)) {
                String text = new String(message, line, nextLine(message, line, end) - line, StandardCharsets.ISO_8859_1);
                Matcher plain = PLAIN.matcher(text);
                return plain.find() ? Optional.of(Via.of(plain.group("by"), plain.group("branch"))) : Optional.empty();
            }
        }
        return Optional.empty();
    }

    /** @param sentBy host, and port if there is one, in lower case */
    record Via(String sentBy, String branch) {
        static Via of(String sentBy, String branch) {
            return new Via(sentBy.toLowerCase(Locale.ROOT), branch);
        }
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
