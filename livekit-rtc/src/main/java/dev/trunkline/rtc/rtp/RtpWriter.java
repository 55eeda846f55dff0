package dev.trunkline.rtc.rtp;

/** Writes the RTP packets of one stream into a buffer of the caller. */
public final class RtpWriter {

    /** Header and audio-level extension. */
    public static final int OVERHEAD = 20;

    private final int payloadType;
    private final long ssrc;
    private final int audioLevelId;

    /** @param audioLevelId the header extension's id (RFC 6464); 0 when it was not agreed on */
    public RtpWriter(int payloadType, long ssrc, int audioLevelId) {
        this.payloadType = payloadType;
        this.ssrc = ssrc;
        this.audioLevelId = audioLevelId;
    }

    /**
     * @param audioLevel 0 to 127, or −1 for none
     * @return the packet's length
     */
    public int write(byte[] out, int sequence, long timestamp, boolean marker,
            byte[] payload, int offset, int length, int audioLevel) {
        boolean extended = audioLevel >= 0 && audioLevelId > 0;
        out[0] = (byte) (extended ? 0x90 : 0x80);
        out[1] = (byte) ((marker ? 0x80 : 0) | payloadType);
        out[2] = (byte) (sequence >> 8);
        out[3] = (byte) sequence;
        putU32(out, 4, timestamp);
        putU32(out, 8, ssrc);
        int at = 12;
        if (extended) {
            putU32(out, at, 0xBEDE_0001L);
            out[at + 4] = (byte) (audioLevelId << 4);
            // The first bit says "voice"; without a detector both values are allowed and 0 claims nothing (RFC 6464).
            out[at + 5] = (byte) Math.min(audioLevel, 127);
            out[at + 6] = 0;
            out[at + 7] = 0;
            at += 8;
        }
        System.arraycopy(payload, offset, out, at, length);
        return at + length;
    }

    static void putU32(byte[] out, int at, long value) {
        out[at] = (byte) (value >> 24);
        out[at + 1] = (byte) (value >> 16);
        out[at + 2] = (byte) (value >> 8);
        out[at + 3] = (byte) value;
    }
}
