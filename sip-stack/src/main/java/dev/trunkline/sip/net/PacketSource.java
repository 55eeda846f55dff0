package dev.trunkline.sip.net;

import java.net.InetAddress;
import java.util.Set;

/**
 * Where a message came from, as seen on the socket: the only part that a sender cannot write itself.
 *
 * @param peerNames names in the verified certificate that the peer of a TLS connection presented (RFC 5922 section 7.1):
 *     domains and host names, lower case; empty without one
 */
public record PacketSource(InetAddress address, int port, SipTransportKind transport, Set<String> peerNames) {

    public PacketSource {
        peerNames = Set.copyOf(peerNames);
    }

    public PacketSource(InetAddress address, int port, SipTransportKind transport) {
        this(address, port, transport, Set.of());
    }

    /**
     * Parses the output of {@link #text} for a datagram. Performs no lookup.
     *
     * @throws IllegalArgumentException if it is anything else
     */
    public static PacketSource ofDatagram(String text) {
        int colon = text.lastIndexOf(':');
        String host = text.substring(0, Math.max(colon, 0));
        boolean bracketed = host.startsWith("[") && host.endsWith("]");
        return new PacketSource(
                InetAddress.ofLiteral(bracketed ? host.substring(1, host.length() - 1) : host),
                Integer.parseInt(text, colon + 1, text.length(), 10), SipTransportKind.UDP);
    }

    /** Returns {@code address:port}, an IPv6 address in brackets. */
    public String text() {
        return HostPort.bracketed(address.getHostAddress()) + ":" + port;
    }
}
