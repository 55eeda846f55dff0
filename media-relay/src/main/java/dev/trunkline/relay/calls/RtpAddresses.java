package dev.trunkline.relay.calls;

import dev.trunkline.relay.sdp.OwnAddresses;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.util.List;
import java.util.Optional;

/** The address that RTP sockets are bound to and the addresses that phones are told, from the settings. */
final class RtpAddresses {
    private RtpAddresses() {}

    /** @throws IllegalArgumentException that says what to write instead */
    static InetAddress bind(String written) {
        return literal("TRUNKLINE_BIND", written);
    }

    /**
     * @param written one address, or one of each family; empty for the one that sockets are bound to
     * @throws IllegalArgumentException that says which setting to change
     */
    static OwnAddresses advertised(InetAddress bind, Optional<List<String>> written) {
        List<InetAddress> advertised = written
                .map(texts -> texts.stream().map(text -> literal("TRUNKLINE_RTP_ADVERTISED", text.strip())).toList())
                .orElse(List.of(bind));
        if (bind.isAnyLocalAddress() && written.isEmpty()) {
            throw new IllegalArgumentException(
                    "TRUNKLINE_BIND is a wildcard address, so set TRUNKLINE_RTP_ADVERTISED to the address to which phones are to send");
        }
        for (InetAddress address : advertised) {
            if (!reaches(bind, address)) {
                throw new IllegalArgumentException("TRUNKLINE_RTP_ADVERTISED names " + address.getHostAddress()
                        + ", whose family a socket bound to TRUNKLINE_BIND does not reach: bind to :: for both families");
            }
        }
        try {
            return OwnAddresses.of(advertised.toArray(InetAddress[]::new));
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("TRUNKLINE_RTP_ADVERTISED: " + e.getMessage());
        }
    }

    /** A socket bound to {@code ::} sends to both families, any other to its own. */
    private static boolean reaches(InetAddress bind, InetAddress address) {
        boolean ip4 = address instanceof Inet4Address;
        return bind instanceof Inet4Address ? ip4 : bind.isAnyLocalAddress() || !ip4;
    }

    private static InetAddress literal(String name, String text) {
        try {
            return InetAddress.ofLiteral(text);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(name + " must be an IP address, for example 192.0.2.10");
        }
    }
}
