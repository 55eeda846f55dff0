package dev.trunkline.rtc.sctp;

/** One data channel of an {@link SctpAssociation}, confined to the same thread. */
public interface DataChannel {

    /** The states of a channel. */
    enum State {
        /** Opened by us, and not yet acknowledged by the peer; messages are queued behind the opening. */
        CONNECTING,
        OPEN,
        /** Closed by one side; the other has not followed yet. */
        CLOSING,
        CLOSED
    }

    /** Stream identifier, 0 to 65534: even if we are the DTLS client (RFC 8832 section 6). */
    int id();

    ChannelConfig config();

    default String label() {
        return config().label();
    }

    State state();

    /**
     * Queues one binary message.
     *
     * @throws IllegalArgumentException if it is longer than {@link SctpSettings#maxMessageSize()}
     * @throws IllegalStateException if the channel is closed, or {@link SctpSettings#maxBufferedBytes()} are waiting
     */
    void send(byte[] message);

    /** Queues one text message; otherwise as {@link #send(byte[])}. */
    void sendText(String message);

    /** Bytes of queued messages that have not yet been sent for the first time. */
    long bufferedAmount();

    /** Resets the stream (RFC 8831 section 6.7), after queued messages have been sent. Idempotent. */
    void close();
}
