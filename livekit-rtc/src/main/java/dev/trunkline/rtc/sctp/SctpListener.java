package dev.trunkline.rtc.sctp;

/**
 * Hears of an association's channels, on the thread that fed or ticked it.
 *
 * <p>It may call back into the association (send, open, close) from inside.
 */
public interface SctpListener {

    /** The handshake is done. */
    default void onEstablished() {}

    /** A channel can be used: the peer acknowledged ours, or opened one of its own. */
    default void onOpen(DataChannel channel) {}

    /**
     * A whole message came in.
     *
     * @param binary false for text, which is UTF-8
     * @param message the listener's to keep
     */
    default void onMessage(DataChannel channel, boolean binary, byte[] message) {}

    /** A channel was closed, by either side or with its association. */
    default void onClosed(DataChannel channel) {}

    /** The association is over; each of its channels had {@code onClosed} before. */
    default void onEnded(SctpEnd end) {}
}
