package dev.trunkline.sip.transport;

import dev.trunkline.sip.net.Listener;

/** An open listener: receives and sends messages. */
public interface Endpoint extends AutoCloseable {
    Listener listener();

    /**
     * Sends by the listening socket, or by a connection: an existing one, otherwise a new one. Never waits, never throws.
     *
     * @param unsent runs if the message is known not to have been sent; on any thread
     */
    void send(byte[] octets, Peer peer, Runnable unsent);

    /**
     * Records that the Via of a request that arrived by a connection names the port at which its sender receives requests; they
     * may use that connection (RFC 5923).
     */
    default void advertised(StreamConnection connection, int port) {}

    /** Asks the thread that reads from the network for a sign of life. */
    void ask();

    /** Returns whether it is open, and its reading thread has answered. */
    boolean alive();

    @Override
    void close();
}
