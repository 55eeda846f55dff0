package dev.trunkline.sip.transport;

import java.net.InetSocketAddress;

/**
 * Where a message of ours goes.
 *
 * @param address resolved already
 * @param name that was asked for, which a TLS server's certificate must have (RFC 5922): a host name, or the address itself
 */
public record Peer(InetSocketAddress address, String name) {
    /** An address that nobody gave a name. */
    public static Peer of(InetSocketAddress address) {
        return new Peer(address, address.getAddress().getHostAddress());
    }
}
