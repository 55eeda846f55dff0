package dev.trunkline.sip.net;

import java.net.InetAddress;
import java.util.Set;

/**
 * Where a message really came from, as the socket says; the one thing in it that a sender cannot write himself.
 *
 * @param peerNames what the certificate says that the other end of a TLS connection showed and that was verified (RFC
 *     5922 section 7.1): domains and host names, lower case; empty without one
 */
public record PacketSource(InetAddress address, int port, SipTransportKind transport, Set<String> peerNames) {

    public PacketSource {
        peerNames = Set.copyOf(peerNames);
    }

    public PacketSource(InetAddress address, int port, SipTransportKind transport) {
        this(address, port, transport, Set.of());
    }

    /**
     * What {@link #text} wrote, of a datagram. Looks nothing up.
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

    /** {@code address:port}, an IPv6 address in brackets. */
    public String text() {
        return HostPort.bracketed(address.getHostAddress()) + ":" + port;
    }
}
