package dev.trunkline.edge.sip;

import java.net.InetAddress;

/** Where a message really came from, as the socket says; the one thing in it that a sender cannot write himself. */
public record PacketSource(InetAddress address, int port, SipTransportKind transport) {

    /** {@code address:port}, an IPv6 address in brackets. */
    public String text() {
        String host = address.getHostAddress();
        return (host.indexOf(':') < 0 ? host : "[" + host + "]") + ":" + port;
    }
}
