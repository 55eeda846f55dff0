package dev.trunkline.events.privacy;

import dev.trunkline.events.CallId;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.stream.Stream;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;

/**
 * Seals data that only edge, router, relay and dispatcher may read: AES-256-GCM under the suite's seal key, bound to the call
 * id or to another name. Thread-safe.
 *
 * <pre>
 *   v1.&lt;base64url of nonce and ciphertext&gt;              if there is one key: each known key is tried
 *   v2.&lt;id of the key&gt;.&lt;base64url of the same&gt;      while two are known, see {@link SealKeys}
 * </pre>
 *
 * A service with one key writes the first form, so that services from before ids existed can read it.
 */
public final class Sealer {
    private static final String CIPHER = "AES/GCM/NoPadding";
    private static final String WITHOUT_ID = "v1.";
    private static final String WITH_ID = "v2.";
    private static final int NONCE_BYTES = 12;
    private static final int TAG_BITS = 128;

    private final List<SealKey> keys;
    private final SecureRandom random;

    /** @param key 32 bytes; see {@link SuiteKeys} */
    public Sealer(byte[] key, SecureRandom random) {
        this(new SealKeys(key), random);
    }

    Sealer(SealKeys keys, SecureRandom random) {
        this.keys = Stream.concat(Stream.of(keys.key()), keys.also().stream()).map(SealKey::of).toList();
        this.random = random;
    }

    public String seal(CallId callId, byte[] plain) {
        return seal(callId.toString(), plain);
    }

    /** @param boundTo what the seal belongs to, ASCII; it opens for nothing else */
    String seal(String boundTo, byte[] plain) {
        try {
            byte[] nonce = new byte[NONCE_BYTES];
            random.nextBytes(nonce);
            SealKey key = keys.getFirst();
            byte[] sealed = cipher(Cipher.ENCRYPT_MODE, key, nonce, boundTo).doFinal(plain);
            byte[] all = ByteBuffer.allocate(NONCE_BYTES + sealed.length).put(nonce).put(sealed).array();
            String form = keys.size() == 1 ? WITHOUT_ID : WITH_ID + key.id() + ".";
            return form + Base64.getUrlEncoder().withoutPadding().encodeToString(all);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this Java runtime cannot seal with " + CIPHER, e);
        }
    }

    /** @throws SealBrokenException if it was sealed under another key, for another call, or is damaged */
    public byte[] open(CallId callId, String sealed) {
        return open(callId.toString(), sealed);
    }

    byte[] open(String boundTo, String sealed) {
        if (sealed.startsWith(WITHOUT_ID)) {
            return open(boundTo, sealed.substring(WITHOUT_ID.length()), keys);
        }
        int dot = sealed.indexOf('.', WITH_ID.length());
        if (!sealed.startsWith(WITH_ID) || dot < 0) {
            throw new SealBrokenException("unknown form of seal; this service may be older than the sender");
        }
        String id = sealed.substring(WITH_ID.length(), dot);
        List<SealKey> fitting = keys.stream().filter(key -> key.id().equals(id)).toList();
        if (fitting.isEmpty()) {
            throw new SealBrokenException("it was sealed under a key that this service does not have: give it to all services"
                    + " as TRUNKLINE_SEAL_KEY_ALSO before any has it as TRUNKLINE_SEAL_KEY");
        }
        return open(boundTo, sealed.substring(dot + 1), fitting);
    }

    private static byte[] open(String boundTo, String text, List<SealKey> keys) {
        byte[] all;
        try {
            all = Base64.getUrlDecoder().decode(text.getBytes(StandardCharsets.US_ASCII));
        } catch (IllegalArgumentException e) {
            throw new SealBrokenException("the seal is not base64url");
        }
        if (all.length < NONCE_BYTES + TAG_BITS / 8) {
            throw new SealBrokenException("the seal is cut short");
        }
        byte[] nonce = Arrays.copyOf(all, NONCE_BYTES);
        for (SealKey key : keys) {
            try {
                return cipher(Cipher.DECRYPT_MODE, key, nonce, boundTo).doFinal(all, NONCE_BYTES, all.length - NONCE_BYTES);
            } catch (GeneralSecurityException e) {
                // Sealed under another key, or damaged.
            }
        }
        throw new SealBrokenException("the seal does not open: do all services have the same TRUNKLINE_SEAL_KEY?");
    }

    private static Cipher cipher(int mode, SealKey key, byte[] nonce, String boundTo) throws GeneralSecurityException {
        Cipher cipher = Cipher.getInstance(CIPHER);
        cipher.init(mode, key.secret(), new GCMParameterSpec(TAG_BITS, nonce));
        cipher.updateAAD(boundTo.getBytes(StandardCharsets.US_ASCII));
        return cipher;
    }
}
