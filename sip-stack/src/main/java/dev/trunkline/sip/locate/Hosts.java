package dev.trunkline.sip.locate;

import java.net.InetAddress;
import java.util.Optional;

/** What may be asked of DNS: peers write host names, and a name is not asked for what it never can be. */
final class Hosts {
    /** RFC 1035 section 2.3.4. */
    private static final int LONGEST_NAME = 253;
    private static final int LONGEST_LABEL = 63;
    /** An IPv6 address with an IPv4 one in it. */
    private static final int LONGEST_ADDRESS = 45;

    private Hosts() {}

    /** An address in digits, IPv4 with all four of its parts, IPv6 without a zone, which would be ours and not the peer's. */
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

    /** Labels of letters, digits, hyphens and underscores; the last one is no number, so that no address is half read. */
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
        // A dot at the end is the root's.
        return label == 0 ? host.length() > 1 : !digits;
    }
}
