package dev.trunkline.relay.rtp;

/** Writes RTP packets of one stream into one buffer that is used again for each. Not thread-safe. */
public final class RtpWriter {
    /** What an Ethernet frame carries over UDP and IPv6, less nothing: G.711 packets are far below it. */
    public static final int MOST_PAYLOAD = 1_440;

    /** Behind a packet, for the tag of SRTP. */
    private static final int TAIL = 32;

    private final byte[] buffer = new byte[RtpHeader.LENGTH + MOST_PAYLOAD + TAIL];

    /** @param ssrc of the stream, random (RFC 3550 section 8.1) */
    public RtpWriter(long ssrc) {
        buffer[0] = (byte) 0x80;
        Octets.put32(buffer, 8, ssrc);
    }

    /** The buffer; a payload may be put at {@link RtpHeader#LENGTH} before {@link #header}. */
    public byte[] buffer() {
        return buffer;
    }

    /**
     * Writes the header before a payload that is already there.
     *
     * @return length of the packet
     */
    public int header(int payloadType, boolean marker, int sequence, long timestamp, int payloadLength) {
        buffer[1] = (byte) ((marker ? 0x80 : 0) | payloadType);
        Octets.put16(buffer, 2, sequence);
        Octets.put32(buffer, 4, timestamp);
        return RtpHeader.LENGTH + payloadLength;
    }
}
