package dev.trunkline.rtc.rtp;

/** Writes the RTP packets of one stream (RFC 3550 section 5.1) into buffers that the caller supplies. */
public final class RtpWriter {

    /** Octets of a header without extension. */
    public static final int HEADER = 12;

    /** Octets of a header with the audio-level extension. */
    public static final int OVERHEAD = 20;

    private final long ssrc;
    private final int audioLevelId;

    /** A stream without header extensions. @param ssrc random (RFC 3550 section 8.1), 32 bits */
    public RtpWriter(long ssrc) {
        this(ssrc, 0);
    }

    /** @param audioLevelId the header extension's id (RFC 6464); 0 if it was not agreed on */
    public RtpWriter(long ssrc, int audioLevelId) {
        this.ssrc = ssrc;
        this.audioLevelId = audioLevelId;
    }

    /**
     * Writes a header without extension before a payload that is, or will be, at {@link #HEADER}.
     *
     * @param payloadType 0 to 127
     * @return {@link #HEADER}
     */
    public int header(byte[] out, int payloadType, boolean marker, int sequence, long timestamp) {
        out[0] = (byte) 0x80;
        out[1] = (byte) ((marker ? 0x80 : 0) | payloadType);
        Octets.put16(out, 2, sequence);
        Octets.put32(out, 4, timestamp);
        Octets.put32(out, 8, ssrc);
        return HEADER;
    }

    /**
     * Writes a header with the audio level, if that was agreed on and is known.
     *
     * @param audioLevel 0 to 127, or −1 for none
     * @return offset of the payload: {@link #HEADER} or {@link #OVERHEAD}
     */
    public int header(byte[] out, int payloadType, boolean marker, int sequence, long timestamp, int audioLevel) {
        header(out, payloadType, marker, sequence, timestamp);
        if (audioLevel < 0 || audioLevelId == 0) {
            return HEADER;
        }
        out[0] |= 0x10;
        Octets.put32(out, HEADER, 0xBEDE_0001L);
        out[16] = (byte) (audioLevelId << 4);
        // The first bit means "voice"; without a detector both values are permitted, and 0 makes no claim (RFC 6464).
        out[17] = (byte) Math.min(audioLevel, 127);
        out[18] = 0;
        out[19] = 0;
        return OVERHEAD;
    }
}
