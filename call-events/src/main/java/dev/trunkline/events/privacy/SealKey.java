package dev.trunkline.events.privacy;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * A key with its name.
 *
 * @param id eight hexadecimal digits that are derived from the key and reveal nothing about it
 */
record SealKey(String id, SecretKeySpec secret) {
    private static final String MAC = "HmacSHA256";
    private static final byte[] PURPOSE = "trunkline seal key id".getBytes(StandardCharsets.US_ASCII);
    private static final int ID_BYTES = 4;

    /** @param key 32 bytes */
    static SealKey of(byte[] key) {
        try {
            Mac mac = Mac.getInstance(MAC);
            mac.init(new SecretKeySpec(key, MAC));
            byte[] id = Arrays.copyOf(mac.doFinal(PURPOSE), ID_BYTES);
            return new SealKey(HexFormat.of().formatHex(id), new SecretKeySpec(key, "AES"));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this Java runtime has no " + MAC, e);
        }
    }
}
