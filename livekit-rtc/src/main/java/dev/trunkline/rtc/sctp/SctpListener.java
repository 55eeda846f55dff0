package dev.trunkline.rtc.sctp;

/**
 * Callbacks of an association and its channels, on the thread that fed it or ran its timer.
 *
 * <p>Callbacks may call the association (send, open, close).
 */
public interface SctpListener {

    /** The handshake is done. */
    default void onEstablished() {}

    /** A channel can be used: the peer acknowledged ours, or opened one of its own. */
    default void onOpen(DataChannel channel) {}

    /**
     * A complete message arrived.
     *
     * @param binary false for text, which is UTF-8
     * @param message may be kept by the listener
     */
    default void onMessage(DataChannel channel, boolean binary, byte[] message) {}

    /** A channel was closed, by either side or with its association. */
    default void onClosed(DataChannel channel) {}

    /** The association has ended; {@code onClosed} was called for each of its channels before. */
    default void onEnded(SctpEnd end) {}
}
