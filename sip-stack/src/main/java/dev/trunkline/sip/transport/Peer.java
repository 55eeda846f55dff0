package dev.trunkline.sip.transport;

import java.net.InetSocketAddress;

/**
 * The destination of an outgoing message.
 *
 * @param address already resolved
 * @param name that was requested, which a TLS server's certificate must contain (RFC 5922): a host name, or the address itself
 */
public record Peer(InetSocketAddress address, String name) {
    /** Creates a peer with an address and no other name. */
    public static Peer of(InetSocketAddress address) {
        return new Peer(address, address.getAddress().getHostAddress());
    }
}
