package dev.trunkline.relay.rtp;

/**
 * A view of one RTP packet in a receive buffer (RFC 3550 section 5.1). One instance serves a socket: each
 * {@link #read} points it at the next packet, and nothing is allocated.
 */
public final class RtpHeader {
    public static final int LENGTH = 12;

    private int payloadType;
    private boolean marker;
    private int sequence;
    private long timestamp;
    private long ssrc;
    private int payloadOffset;
    private int payloadLength;

    /**
     * @return false if it is no RTP packet of version 2 or is cut short; the view's values are then those of no packet
     */
    public boolean read(byte[] buffer, int length) {
        if (length < LENGTH || (buffer[0] & 0xc0) != 0x80) {
            return false;
        }
        int offset = LENGTH + 4 * (buffer[0] & 0x0f);
        if ((buffer[0] & 0x10) != 0) {
            if (offset + 4 > length) {
                return false;
            }
            offset += 4 + 4 * Octets.uint16(buffer, offset + 2);
        }
        int end = length;
        if ((buffer[0] & 0x20) != 0) {
            int padding = buffer[length - 1] & 0xff;
            if (padding == 0) {
                return false;
            }
            end -= padding;
        }
        if (offset > end) {
            return false;
        }
        marker = (buffer[1] & 0x80) != 0;
        payloadType = buffer[1] & 0x7f;
        sequence = Octets.uint16(buffer, 2);
        timestamp = Octets.uint32(buffer, 4);
        ssrc = Octets.uint32(buffer, 8);
        payloadOffset = offset;
        payloadLength = end - offset;
        return true;
    }

    /** Whether a datagram is RTCP rather than RTP when both come on one port (RFC 5761 section 4). */
    public static boolean isRtcp(byte[] buffer, int length) {
        int type = length < 2 ? 0 : buffer[1] & 0xff;
        return type >= 192 && type <= 223;
    }

    /** 0 to 127. */
    public int payloadType() {
        return payloadType;
    }

    public boolean marker() {
        return marker;
    }

    /** 16 bits. */
    public int sequence() {
        return sequence;
    }

    /** 32 bits, in units of the payload's clock. */
    public long timestamp() {
        return timestamp;
    }

    /** 32 bits. */
    public long ssrc() {
        return ssrc;
    }

    public int payloadOffset() {
        return payloadOffset;
    }

    public int payloadLength() {
        return payloadLength;
    }
}
