package dev.trunkline.sip.transport;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Optional;

/**
 * Where responses to one request go (RFC 3261 section 18.2.2, RFC 3581): by the connection that the request came by or, if that
 * is gone or there was none, to the given port at the address that it came from.
 */
public record ReturnPath(Endpoint endpoint, Optional<StreamConnection> connection, InetAddress address, int port) {

    /** Sends without waiting; never throws. @param unsent runs if the response is known not to have been sent; on any thread */
    public void send(byte[] octets, Runnable unsent) {
        if (connection.isEmpty() || !connection.get().send(octets)) {
            endpoint.send(octets, Peer.of(new InetSocketAddress(address, port)), unsent);
        }
    }

    /** Returns whether the path is TCP or TLS, on which nothing is lost in transit. */
    public boolean reliable() {
        return endpoint.listener().transport().isStream();
    }
}
