package dev.trunkline.phone.rtp;

import java.nio.ByteBuffer;
import java.util.Optional;

/**
 * An RTP packet (RFC 3550 5.1) without its payload, which stays in the buffer that it was read from.
 *
 * @param payloadType 0–127
 * @param marker      the marker bit
 * @param sequence    0–65535
 * @param timestamp   0–2³²−1
 * @param ssrc        the source
 */
public record RtpPacket(int payloadType, boolean marker, int sequence, long timestamp, int ssrc) {

    public static final int HEADER_BYTES = 12;

    /** Writes the header. */
    public void write(ByteBuffer into) {
        into.put((byte) 0x80).put((byte) (marker ? payloadType | 0x80 : payloadType)).putShort((short) sequence).putInt((int) timestamp).putInt(ssrc);
    }

    /** Reads a datagram and leaves the buffer's position and limit around the payload; empty if it is not RTP. */
    public static Optional<RtpPacket> read(ByteBuffer datagram) {
        int start = datagram.position();
        if (datagram.remaining() < HEADER_BYTES) {
            return Optional.empty();
        }
        int first = datagram.get() & 0xff;
        int second = datagram.get() & 0xff;
        // RFC 5761: 192–223 there is RTCP.
        if (first >> 6 != 2 || second >= 192 && second <= 223) {
            return Optional.empty();
        }
        int sequence = datagram.getShort() & 0xffff;
        long timestamp = datagram.getInt() & 0xffff_ffffL;
        int ssrc = datagram.getInt();
        int payloadAt = start + HEADER_BYTES + 4 * (first & 0x0f);
        if ((first & 0x10) != 0) {
            if (payloadAt + 4 > datagram.limit()) {
                return Optional.empty();
            }
            payloadAt += 4 + 4 * (datagram.getShort(payloadAt + 2) & 0xffff);
        }
        int end = datagram.limit();
        if ((first & 0x20) != 0) {
            end -= datagram.get(end - 1) & 0xff;
        }
        if (payloadAt > end) {
            return Optional.empty();
        }
        datagram.limit(end).position(payloadAt);
        return Optional.of(new RtpPacket(second & 0x7f, (second & 0x80) != 0, sequence, timestamp, ssrc));
    }
}
