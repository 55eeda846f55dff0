package dev.trunkline.sip.locate;

import java.net.InetAddress;
import java.util.Optional;

/** Checks what may be queried: host names come from peers, and an impossible name is not sent to DNS. */
final class Hosts {
    /** RFC 1035 section 2.3.4. */
    private static final int LONGEST_NAME = 253;
    private static final int LONGEST_LABEL = 63;
    /** The length of an IPv6 address that contains an IPv4 address. */
    private static final int LONGEST_ADDRESS = 45;

    private Hosts() {}

    /** Parses a literal address: IPv4 with all four of its parts, IPv6 without a zone, which would be ours and not the peer's. */
    static Optional<InetAddress> literal(String host) {
        if (host.length() > LONGEST_ADDRESS || host.indexOf('%') >= 0 || !(host.indexOf(':') >= 0 || isDotted(host))) {
            return Optional.empty();
        }
        try {
            return Optional.of(InetAddress.ofLiteral(host));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private static boolean isDotted(String host) {
        int dots = 0;
        for (int i = 0; i < host.length(); i++) {
            char c = host.charAt(i);
            dots += c == '.' ? 1 : 0;
            if (c != '.' && (c < '0' || c > '9')) {
                return false;
            }
        }
        return dots == 3;
    }

    /**
     * Returns whether this is a name: labels of letters, digits, hyphens and underscores. The last one is not a number, so that
     * an address is never taken for a name.
     */
    static boolean isName(String host) {
        if (host.isEmpty() || host.length() > LONGEST_NAME) {
            return false;
        }
        int label = 0;
        boolean digits = true;
        for (int i = 0; i < host.length(); i++) {
            char c = host.charAt(i);
            boolean digit = c >= '0' && c <= '9';
            if (c == '.') {
                if (label == 0) {
                    return false;
                }
                label = 0;
                digits = true;
            } else if (digit || c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c == '-' || c == '_') {
                digits &= digit;
                if (++label > LONGEST_LABEL) {
                    return false;
                }
            } else {
                return false;
            }
        }
        // A trailing dot denotes the root.
        return label == 0 ? host.length() > 1 : !digits;
    }
}
