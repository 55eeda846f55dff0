package dev.trunkline.relay.sdp;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.util.Optional;

/**
 * The value of a {@code c=} line (RFC 8866 section 5.7).
 *
 * @param family of the literal; for a name, what the line says
 * @param literal empty for a name, which is never looked up: it must not cost a DNS query
 */
record MediaAddress(Family family, Optional<InetAddress> literal) {
    /** An IPv6 literal with a zone is 60 characters long, a name at most 253 (RFC 1035 section 2.3.4). */
    private static final int MOST_CHARACTERS = 255;

    /** Which sockets reach it. */
    enum Family {
        IP4("IPv4"),
        IP6("IPv6");

        private final String title;

        Family(String title) {
            this.title = title;
        }

        String title() {
            return title;
        }

        static Family of(InetAddress address) {
            return address instanceof Inet6Address ? IP6 : IP4;
        }
    }

    /** @return empty for text that is no such value */
    static Optional<MediaAddress> parse(String value) {
        var words = SdpText.words(value, 3);
        if (words.size() != 3 || !words.get(0).equals("IN")) {
            return Optional.empty();
        }
        Optional<Family> said = switch (words.get(1)) {
            case "IP4" -> Optional.of(Family.IP4);
            case "IP6" -> Optional.of(Family.IP6);
            default -> Optional.empty();
        };
        String address = words.get(2);
        if (said.isEmpty() || !SdpText.isVisible(address, MOST_CHARACTERS)) {
            return Optional.empty();
        }
        Optional<InetAddress> literal = literal(address);
        return Optional.of(new MediaAddress(literal.map(Family::of).orElse(said.get()), literal));
    }

    /** A multicast address may be followed by a time to live and a count. */
    private static Optional<InetAddress> literal(String address) {
        int slash = address.indexOf('/');
        String host = slash < 0 ? address : address.substring(0, slash);
        if (host.indexOf('%') >= 0) {
            // A zone has a meaning only on the phone's own machine.
            return Optional.empty();
        }
        try {
            return Optional.of(InetAddress.ofLiteral(host));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /** Returns whether many would receive what is sent there. */
    boolean isForMany() {
        return literal.filter(address -> address.isMulticastAddress() || isBroadcast(address)).isPresent();
    }

    private static boolean isBroadcast(InetAddress address) {
        byte[] octets = address.getAddress();
        return octets.length == 4 && octets[0] == -1 && octets[1] == -1 && octets[2] == -1 && octets[3] == -1;
    }
}
