package dev.trunkline.rtc.sctp;

import java.util.Arrays;

/** A fragment that has been assigned a TSN and is not cumulatively acknowledged. */
final class SentChunk {

    /**
     * <pre>
     *              third miss or timeout             retransmission
     * OUTSTANDING ------------------------> LOST ----------------> OUTSTANDING
     *      | ^                               |
     *  gap | | gap taken back                | not worth another try
     *      v |                               v
     *     ACKED --------(with its message)-> ABANDONED
     * </pre>
     */
    enum State { OUTSTANDING, LOST, ACKED, ABANDONED }

    final long tsn;
    final OutgoingMessage message;
    final int length;
    private final int offset;
    State state = State.OUTSTANDING;
    int transmissions = 1;
    long sentAt;
    int misses;
    /** Fast retransmit applies only to the first loss (RFC 9260 section 7.2.4). */
    boolean fastRetransmitted;

    SentChunk(long tsn, OutgoingMessage message, int offset, int length, long sentAt) {
        this.tsn = tsn;
        this.message = message;
        this.offset = offset;
        this.length = length;
        this.sentAt = sentAt;
    }

    Chunk.Data toChunk() {
        boolean first = offset == 0;
        boolean last = offset + length == message.payload.length;
        return new Chunk.Data((int) tsn, message.streamId, message.ssn(), message.ppid,
                new Chunk.Data.Flags(false, !message.ordered, first, last),
                first && last ? message.payload : Arrays.copyOfRange(message.payload, offset, offset + length));
    }
}
