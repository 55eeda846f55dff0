package dev.trunkline.rtc.sctp;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/**
 * The parameters in INIT and INIT ACK (RFC 9260 sections 3.3.2 and 3.3.3).
 *
 * @param tag that every packet to the sender of this must carry; never 0
 * @param window receive window, unsigned 32 bits
 * @param outStreams streams that the sender wants to send on, 1 to 65535
 * @param inStreams streams that it accepts, 1 to 65535
 * @param forwardTsn whether it supports partial reliability (RFC 3758)
 * @param reconfig whether it supports stream reset (RFC 6525)
 * @param cookie that INIT ACK wants echoed; empty in INIT
 * @param unrecognized parameters whose sender wants to be told that they are unknown to us; in ours, those of the peer
 */
record InitParameters(
        int tag,
        long window,
        int outStreams,
        int inStreams,
        int initialTsn,
        boolean forwardTsn,
        boolean reconfig,
        byte[] cookie,
        List<byte[]> unrecognized) {

    private static final int FIXED_BYTES = 16;

    InitParameters withCookie(byte[] cookie, List<byte[]> unrecognized) {
        return new InitParameters(
                tag, window, outStreams, inStreams, initialTsn, forwardTsn, reconfig, cookie, unrecognized);
    }

    /** @throws IllegalArgumentException if a parameter has a forbidden value */
    static InitParameters read(ByteBuffer in) {
        int tag = in.getInt();
        long window = Integer.toUnsignedLong(in.getInt());
        int outStreams = Short.toUnsignedInt(in.getShort());
        int inStreams = Short.toUnsignedInt(in.getShort());
        int initialTsn = in.getInt();
        if (tag == 0 || outStreams == 0 || inStreams == 0) {
            throw new IllegalArgumentException("INIT without tag or streams");
        }
        boolean forwardTsn = false;
        boolean reconfig = false;
        byte[] cookie = new byte[0];
        List<byte[]> unrecognized = new ArrayList<>();
        boolean stop = false;
        while (!stop && in.remaining() >= 4) {
            ByteBuffer whole = Tlv.next(in);
            int type = Short.toUnsignedInt(whole.getShort(0));
            ByteBuffer value = whole.slice(4, whole.limit() - 4);
            switch (type) {
                case ChunkType.PARAM_STATE_COOKIE -> cookie = Tlv.bytes(value);
                case ChunkType.PARAM_FORWARD_TSN -> forwardTsn = true;
                case ChunkType.PARAM_SUPPORTED_EXTENSIONS -> {
                    while (value.hasRemaining()) {
                        int chunk = Byte.toUnsignedInt(value.get());
                        forwardTsn |= chunk == ChunkType.FORWARD_TSN;
                        reconfig |= chunk == ChunkType.RE_CONFIG;
                    }
                }
                default -> {
                    // Section 3.2.1: the two high bits say how to treat an unknown parameter.
                    boolean known = type <= 12;
                    stop = !known && (type & 0x8000) == 0;
                    if (!known && (type & 0x4000) != 0) {
                        unrecognized.add(Tlv.bytes(whole.rewind()));
                    }
                }
            }
        }
        return new InitParameters(
                tag, window, outStreams, inStreams, initialTsn, forwardTsn, reconfig, cookie, unrecognized);
    }

    int size() {
        int size = FIXED_BYTES + 4 + 8; // forward TSN, and supported extensions with padding
        if (cookie.length > 0) {
            size += Tlv.padded(4 + cookie.length);
        }
        for (byte[] parameter : unrecognized) {
            size += Tlv.padded(4 + parameter.length);
        }
        return size;
    }

    void write(ByteBuffer out) {
        out.putInt(tag).putInt((int) window);
        out.putShort((short) outStreams).putShort((short) inStreams).putInt(initialTsn);
        Tlv.write(out, ChunkType.PARAM_SUPPORTED_EXTENSIONS,
                new byte[] {(byte) ChunkType.RE_CONFIG, (byte) ChunkType.FORWARD_TSN});
        unrecognized.forEach(parameter -> Tlv.write(out, ChunkType.PARAM_UNRECOGNIZED, parameter));
        if (cookie.length > 0) {
            Tlv.write(out, ChunkType.PARAM_STATE_COOKIE, cookie);
        }
        // Last, because it needs no padding: a chunk's length does not include the padding of its last parameter.
        Tlv.write(out, ChunkType.PARAM_FORWARD_TSN, new byte[0]);
    }
}
