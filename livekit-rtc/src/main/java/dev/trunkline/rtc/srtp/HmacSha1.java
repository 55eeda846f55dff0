package dev.trunkline.rtc.srtp;

import java.security.DigestException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/** HMAC-SHA1 (RFC 2104) under one key; unlike {@code javax.crypto.Mac} it allocates nothing. Confined to one thread. */
final class HmacSha1 {

    static final int LENGTH = 20;

    private static final int BLOCK = 64;

    private final MessageDigest sha1;
    private final byte[] inner = new byte[BLOCK];
    private final byte[] outer = new byte[BLOCK];

    /** @param key 64 octets at most */
    HmacSha1(byte[] key) {
        try {
            sha1 = MessageDigest.getInstance("SHA-1");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("this Java has no SHA-1", e);
        }
        System.arraycopy(key, 0, inner, 0, key.length);
        System.arraycopy(key, 0, outer, 0, key.length);
        for (int i = 0; i < BLOCK; i++) {
            inner[i] ^= 0x36;
            outer[i] ^= 0x5c;
        }
    }

    /** Computes the MAC of the first octets of {@code message}, followed by those of {@code more}. @param out 20 octets */
    void of(byte[] message, int length, byte[] more, int moreLength, byte[] out) {
        try {
            sha1.update(inner, 0, BLOCK);
            sha1.update(message, 0, length);
            sha1.update(more, 0, moreLength);
            sha1.digest(out, 0, LENGTH);
            sha1.update(outer, 0, BLOCK);
            sha1.update(out, 0, LENGTH);
            sha1.digest(out, 0, LENGTH);
        } catch (DigestException e) {
            throw new IllegalStateException("SHA-1 found no room for its 20 octets", e);
        }
    }
}
