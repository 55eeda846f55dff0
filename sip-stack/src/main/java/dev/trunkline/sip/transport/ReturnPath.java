package dev.trunkline.sip.transport;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Optional;

/**
 * Where responses to one request go (RFC 3261 section 18.2.2, RFC 3581): by the connection that it came by, and where that is
 * gone, or there was none, to the port at the address that it came from.
 */
public record ReturnPath(Endpoint endpoint, Optional<StreamConnection> connection, InetAddress address, int port) {

    /** Never waits, never throws. @param unsent run if it is known that it did not go out; on any thread */
    public void send(byte[] octets, Runnable unsent) {
        if (connection.isEmpty() || !connection.get().send(octets)) {
            endpoint.send(octets, Peer.of(new InetSocketAddress(address, port)), unsent);
        }
    }

    /** By TCP or TLS: nothing is lost on the way. */
    public boolean reliable() {
        return endpoint.listener().transport().isStream();
    }
}
