package dev.trunkline.sip.message;

/**
 * The syntax of name-addr and addr-spec (RFC 3261 section 25.1), as strict as RFC 4475 requires and as real telephone systems
 * allow: an unquoted display name may contain more than tokens.
 */
final class Addresses {
    private Addresses() {}

    /** Returns whether this is one valid address with its header parameters, without surrounding blanks. */
    static boolean isSound(byte[] octets, int from, int to) {
        int end = Scan.pieceEnd(octets, from, to, ';');
        return end >= 0
                && isNameAndUri(octets, from, Scan.trimEnd(octets, from, end))
                && Parameters.areSound(octets, end, to);
    }

    /** Returns whether this is one or more of them, separated by commas, within the limit. */
    static boolean areSound(byte[] octets, int from, int to) {
        int count = 0;
        int at = from;
        while (true) {
            int end = Scan.pieceEnd(octets, at, to, ',');
            if (end < 0 || ++count > MessageLimits.VALUES) {
                return false;
            }
            int begin = Scan.skipBlanks(octets, at, end);
            if (!isSound(octets, begin, Scan.trimEnd(octets, begin, end))) {
                return false;
            }
            if (end == to) {
                return true;
            }
            at = end + 1;
        }
    }

    private static boolean isNameAndUri(byte[] octets, int from, int to) {
        int open = open(octets, from, to);
        if (open < 0) {
            // Without brackets a question mark and what follows would belong to the header, not to the URI (section 20.10).
            return isUri(octets, from, to)
                    && Scan.indexOf(octets, from, to, '?') < 0
                    && Scan.indexOf(octets, from, to, ',') < 0;
        }
        return octets[to - 1] == '>'
                && isName(octets, from, Scan.trimEnd(octets, from, open))
                && isUri(octets, open + 1, to - 1);
    }

    private static boolean isName(byte[] octets, int from, int to) {
        if (to - from > 1 && octets[from] == '"' && octets[to - 1] == '"') {
            return true;
        }
        for (int i = from; i < to; i++) {
            int c = octets[i];
            boolean control = c >= 0 && c < ' ' && !Scan.isBlank(c) || c == 0x7f;
            if (control || c == ',' || c == ';' || c == '"' || c == '\\') {
                return false;
            }
        }
        return true;
    }

    /** Returns whether this is a scheme, a colon and a rest without blanks, quotes or brackets. */
    static boolean isUri(byte[] octets, int from, int to) {
        int colon = Scan.indexOf(octets, from, to, ':');
        if (colon <= from || colon + 1 >= to || !isScheme(octets, from, colon)) {
            return false;
        }
        for (int i = colon + 1; i < to; i++) {
            int c = octets[i];
            if (c >= 0 && c <= ' ' || c == '<' || c == '>' || c == '"' || c == 0x7f) {
                return false;
            }
        }
        return true;
    }

    private static boolean isScheme(byte[] octets, int from, int to) {
        for (int i = from; i < to; i++) {
            int c = octets[i];
            boolean inner = i > from && (Scan.isDigit(c) || c == '+' || c == '-' || c == '.');
            if (!inner && !Scan.isLetter(c)) {
                return false;
            }
        }
        return true;
    }

    /** Returns the position of the opening bracket that is not inside quotes. */
    private static int open(byte[] octets, int from, int to) {
        boolean quoted = false;
        for (int i = from; i < to; i++) {
            int c = octets[i];
            if (quoted && c == '\\') {
                i++;
            } else if (c == '"') {
                quoted = !quoted;
            } else if (c == '<' && !quoted) {
                return i;
            }
        }
        return -1;
    }
}
