package dev.trunkline.sip.transport;

import dev.trunkline.sip.net.Listener;

/** A listener that is open: takes messages, and sends them. */
public interface Endpoint extends AutoCloseable {
    Listener listener();

    /**
     * Sends by the socket that listens, or by a connection: one that is there, else a new one. Never waits, never throws.
     *
     * @param unsent run if it is known that it did not go out; on any thread
     */
    void send(byte[] octets, Peer peer, Runnable unsent);

    /**
     * The Via of a request that came by a connection names the port at which its sender takes requests: they may go by that
     * connection (RFC 5923).
     */
    default void advertised(StreamConnection connection, int port) {}

    /** Asks whoever reads from the network to say that it lives. */
    void ask();

    /** It is open, and who reads answered when asked. */
    boolean alive();

    @Override
    void close();
}
