package dev.trunkline.events.privacy;

import dev.trunkline.events.CallId;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Base64;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * Seals what only edge, router, relay and dispatcher may read: AES-256-GCM under the suite's seal key, bound to the
 * call id or to another name. The form is {@code v1.<base64url of nonce and ciphertext>}. Thread-safe.
 */
public final class Sealer {
    private static final String CIPHER = "AES/GCM/NoPadding";
    private static final String VERSION = "v1.";
    private static final int NONCE_BYTES = 12;
    private static final int TAG_BITS = 128;

    private final SecretKeySpec key;
    private final SecureRandom random;

    /** @param key 32 bytes; see {@link SuiteKeys} */
    public Sealer(byte[] key, SecureRandom random) {
        this.key = new SecretKeySpec(SuiteKeys.require32("seal", key), "AES");
        this.random = random;
    }

    public String seal(CallId callId, byte[] plain) {
        return seal(callId.toString(), plain);
    }

    /** @param boundTo what it belongs to, ASCII; it opens for nothing else */
    String seal(String boundTo, byte[] plain) {
        try {
            byte[] nonce = new byte[NONCE_BYTES];
            random.nextBytes(nonce);
            byte[] sealed = cipher(Cipher.ENCRYPT_MODE, nonce, boundTo).doFinal(plain);
            byte[] all = ByteBuffer.allocate(NONCE_BYTES + sealed.length).put(nonce).put(sealed).array();
            return VERSION + Base64.getUrlEncoder().withoutPadding().encodeToString(all);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this Java runtime cannot seal with " + CIPHER, e);
        }
    }

    /** @throws SealBrokenException if it was sealed under another key, for another call, or is damaged */
    public byte[] open(CallId callId, String sealed) {
        return open(callId.toString(), sealed);
    }

    byte[] open(String boundTo, String sealed) {
        if (!sealed.startsWith(VERSION)) {
            throw new SealBrokenException("unknown form of seal; this service may be older than the sender");
        }
        try {
            byte[] all = Base64.getUrlDecoder().decode(sealed.substring(VERSION.length()).getBytes(StandardCharsets.US_ASCII));
            if (all.length < NONCE_BYTES + TAG_BITS / 8) {
                throw new SealBrokenException("the seal is cut short");
            }
            byte[] nonce = java.util.Arrays.copyOf(all, NONCE_BYTES);
            return cipher(Cipher.DECRYPT_MODE, nonce, boundTo).doFinal(all, NONCE_BYTES, all.length - NONCE_BYTES);
        } catch (IllegalArgumentException e) {
            throw new SealBrokenException("the seal is not base64url");
        } catch (GeneralSecurityException e) {
            throw new SealBrokenException(
                    "the seal does not open: do all services have the same TRUNKLINE_SEAL_KEY?");
        }
    }

    private Cipher cipher(int mode, byte[] nonce, String boundTo) throws GeneralSecurityException {
        Cipher cipher = Cipher.getInstance(CIPHER);
        cipher.init(mode, key, new GCMParameterSpec(TAG_BITS, nonce));
        cipher.updateAAD(boundTo.getBytes(StandardCharsets.US_ASCII));
        return cipher;
    }
}
