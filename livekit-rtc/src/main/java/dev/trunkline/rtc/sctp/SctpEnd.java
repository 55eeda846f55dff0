package dev.trunkline.rtc.sctp;

/**
 * Why an association ended.
 *
 * @param detail for a log; never holds what a peer said
 */
public record SctpEnd(Cause cause, String detail) {

    /** The ways in which it can end. */
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
        /** The peer acknowledged nothing for so many retransmissions. */
        PEER_GONE,
        /** The peer broke the protocol in a way that cannot be mended. */
        PROTOCOL_ERROR
    }
}
