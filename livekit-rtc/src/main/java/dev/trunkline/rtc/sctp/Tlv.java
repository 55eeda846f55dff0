package dev.trunkline.rtc.sctp;

import java.nio.ByteBuffer;

/** Parameters as type, length and value, padded to four bytes (RFC 9260 section 3.2.1). */
final class Tlv {

    private Tlv() {}

    static int padded(int length) {
        return length + 3 & ~3;
    }

    /**
     * Reads the next parameter, including its header, and skips its padding.
     *
     * @throws IllegalArgumentException if its length is invalid
     */
    static ByteBuffer next(ByteBuffer in) {
        int length = Short.toUnsignedInt(in.getShort(in.position() + 2));
        if (length < 4 || length > in.remaining()) {
            throw new IllegalArgumentException("A length of " + length + " where " + in.remaining() + " bytes are left");
        }
        ByteBuffer whole = in.slice(in.position(), length);
        // The last one's padding may be missing.
        in.position(in.position() + Math.min(padded(length), in.remaining()));
        return whole;
    }

    static byte[] bytes(ByteBuffer in) {
        byte[] bytes = new byte[in.remaining()];
        in.get(bytes);
        return bytes;
    }

    static void write(ByteBuffer out, int type, byte[] value) {
        out.putShort((short) type).putShort((short) (4 + value.length)).put(value);
        pad(out, value.length);
    }

    static void pad(ByteBuffer out, int length) {
        for (int i = length; i < padded(length); i++) {
            out.put((byte) 0);
        }
    }
}
