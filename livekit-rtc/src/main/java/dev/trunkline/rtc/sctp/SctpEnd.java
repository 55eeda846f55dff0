package dev.trunkline.rtc.sctp;

/**
 * Why an association ended.
 *
 * @param detail for a log; never contains data from the peer
 */
public record SctpEnd(Cause cause, String detail) {

    /** The causes of an end. */
    public enum Cause {
        /** We shut it down, and everything was delivered first. */
        SHUTDOWN,
        /** We aborted it. */
        ABORTED,
        /** The peer shut it down. */
        PEER_SHUTDOWN,
        /** The peer aborted it. */
        PEER_ABORTED,
        /** The peer did not answer the handshake. */
        NO_HANDSHAKE,
        /** The peer acknowledged nothing over the maximum number of retransmissions. */
        PEER_GONE,
        /** The peer violated the protocol in a way that cannot be recovered from. */
        PROTOCOL_ERROR
    }
}
