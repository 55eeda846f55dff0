package dev.trunkline.rtc.ice;

import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.zip.CRC32;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Writes the STUN messages that an ICE agent sends; each ends in MESSAGE-INTEGRITY and FINGERPRINT. */
final class StunWriter {

    private static final int FINGERPRINT_XOR = 0x5354554e;
    private static final String HMAC = "HmacSHA1";

    /** Larger than any message created here: a user name has 513 octets at most. */
    private static final int LIMIT = 768;

    private StunWriter() {
    }

    /** A connectivity check of the controlling agent (RFC 8445 section 7.2.2). */
    static byte[] bindingRequest(
            byte[] transactionId, String username, long tieBreaker, int priority, boolean nominate, byte[] key) {
        ByteBuffer out = start(StunMessage.BINDING_REQUEST, transactionId);
        attribute(out, StunMessage.USERNAME, username.getBytes(StandardCharsets.UTF_8));
        attribute(out, StunMessage.PRIORITY, ByteBuffer.allocate(4).putInt(priority).array());
        attribute(out, StunMessage.ICE_CONTROLLING, ByteBuffer.allocate(8).putLong(tieBreaker).array());
        if (nominate) {
            attribute(out, StunMessage.USE_CANDIDATE, new byte[0]);
        }
        return finish(out, key);
    }

    static byte[] bindingSuccess(byte[] transactionId, InetSocketAddress from, byte[] key) {
        ByteBuffer out = start(StunMessage.BINDING_SUCCESS, transactionId);
        byte[] address = from.getAddress().getAddress();
        ByteBuffer value = ByteBuffer.allocate(4 + address.length);
        value.put((byte) 0).put((byte) (address.length == 4 ? 1 : 2));
        value.putShort((short) (from.getPort() ^ (StunMessage.COOKIE >>> 16)));
        for (int i = 0; i < address.length; i++) {
            value.put((byte) (address[i] ^ out.get(4 + i)));
        }
        attribute(out, StunMessage.XOR_MAPPED_ADDRESS, value.array());
        return finish(out, key);
    }

    static byte[] bindingError(byte[] transactionId, int code, String reason, byte[] key) {
        ByteBuffer out = start(StunMessage.BINDING_ERROR, transactionId);
        byte[] words = reason.getBytes(StandardCharsets.UTF_8);
        ByteBuffer value = ByteBuffer.allocate(4 + words.length);
        value.putShort((short) 0).put((byte) (code / 100)).put((byte) (code % 100)).put(words);
        attribute(out, StunMessage.ERROR_CODE, value.array());
        return finish(out, key);
    }

    static byte[] hmacSha1(byte[] key, byte[] bytes, int length) {
        try {
            Mac mac = Mac.getInstance(HMAC);
            mac.init(new SecretKeySpec(key, HMAC));
            mac.update(bytes, 0, length);
            return mac.doFinal();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this Java has no " + HMAC + ", which STUN needs", e);
        }
    }

    static int fingerprint(byte[] bytes, int length) {
        CRC32 crc = new CRC32();
        crc.update(bytes, 0, length);
        return (int) crc.getValue() ^ FINGERPRINT_XOR;
    }

    private static ByteBuffer start(int type, byte[] transactionId) {
        return ByteBuffer.allocate(LIMIT)
                .putShort((short) type).putShort((short) 0).putInt(StunMessage.COOKIE).put(transactionId);
    }

    private static void attribute(ByteBuffer out, int type, byte[] value) {
        out.putShort((short) type).putShort((short) value.length).put(value);
        while ((out.position() & 3) != 0) {
            out.put((byte) 0);
        }
    }

    /** The length field counts up to and including the attribute that is being computed (RFC 8489 sections 14.5, 14.7). */
    private static byte[] finish(ByteBuffer out, byte[] key) {
        out.putShort(2, (short) (out.position() - StunMessage.HEADER + 24));
        attribute(out, StunMessage.MESSAGE_INTEGRITY, hmacSha1(key, out.array(), out.position()));
        out.putShort(2, (short) (out.position() - StunMessage.HEADER + 8));
        int crc = fingerprint(out.array(), out.position());
        attribute(out, StunMessage.FINGERPRINT, ByteBuffer.allocate(4).putInt(crc).array());
        return Arrays.copyOf(out.array(), out.position());
    }
}
