package dev.trunkline.sip.lane;

import java.util.OptionalLong;

/**
 * Finds the Call-ID in the octets of a message before it is parsed: one pass over the header section, at most as long as the
 * message, without copying. The parser decides whether the message is valid.
 */
final class CallIdScan {
    private static final byte[] NAME = {'c', 'a', 'l', 'l', '-', 'i', 'd'};

    private CallIdScan() {}

    /** @return a hash of the first Call-ID; empty if there is none before the header section ends */
    static OptionalLong of(byte[] octets, long seed) {
        // Skips line ends before the message and the start line, which is never a header line.
        int at = afterLine(octets, skipLineEnds(octets));
        while (at < octets.length && !isLineEnd(octets[at])) {
            int colon = colonOfCallId(octets, at);
            if (colon > 0) {
                return value(octets, colon + 1, seed);
            }
            at = afterLine(octets, at);
        }
        return OptionalLong.empty();
    }

    private static int skipLineEnds(byte[] octets) {
        int at = 0;
        while (at < octets.length && isLineEnd(octets[at])) {
            at++;
        }
        return at;
    }

    /**
     * Returns the position of the colon after {@code Call-ID} or {@code i} (RFC 3261 section 7.3.3); 0 if this is a different
     * line.
     */
    private static int colonOfCallId(byte[] octets, int from) {
        int at = from;
        if (lower(octets[from]) == 'i') {
            at = from + 1;
        } else if (octets.length - from > NAME.length && names(octets, from)) {
            at = from + NAME.length;
        } else {
            return 0;
        }
        while (at < octets.length && isBlank(octets[at])) {
            at++;
        }
        return at < octets.length && octets[at] == ':' ? at : 0;
    }

    private static boolean names(byte[] octets, int from) {
        for (int i = 0; i < NAME.length; i++) {
            if (lower(octets[from + i]) != NAME[i]) {
                return false;
            }
        }
        return true;
    }

    /** Hashes the value without surrounding blanks; it may begin on the next line (RFC 3261 section 7.3.1). */
    private static OptionalLong value(byte[] octets, int from, long seed) {
        int begin = from;
        while (begin < octets.length && (isBlank(octets[begin]) || isFold(octets, begin))) {
            begin++;
        }
        int end = begin;
        while (end < octets.length && !isLineEnd(octets[end])) {
            end++;
        }
        while (end > begin && isBlank(octets[end - 1])) {
            end--;
        }
        return OptionalLong.of(hash(octets, begin, end, seed));
    }

    /** Returns whether the next line continues the one that ends here. */
    private static boolean isFold(byte[] octets, int at) {
        if (octets[at] == '\r' && at + 1 < octets.length && octets[at + 1] == '\n') {
            return at + 2 < octets.length && isBlank(octets[at + 2]);
        }
        return octets[at] == '\n' && at + 1 < octets.length && isBlank(octets[at + 1]);
    }

    private static int afterLine(byte[] octets, int from) {
        int at = from;
        while (at < octets.length && octets[at] != '\n') {
            at++;
        }
        return at + 1;
    }

    static long hash(byte[] octets, int begin, int end, long seed) {
        long hash = seed;
        for (int i = begin; i < end; i++) {
            hash = (hash ^ octets[i] & 0xFF) * 0x9E3779B97F4A7C15L;
            hash ^= hash >>> 29;
        }
        return hash ^ hash >>> 32;
    }

    private static boolean isBlank(byte b) {
        return b == ' ' || b == '\t';
    }

    private static boolean isLineEnd(byte b) {
        return b == '\r' || b == '\n';
    }

    private static int lower(byte b) {
        return b >= 'A' && b <= 'Z' ? b + 32 : b;
    }
}
