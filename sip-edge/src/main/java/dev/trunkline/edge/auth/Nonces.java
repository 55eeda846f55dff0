package dev.trunkline.edge.auth;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;
import java.util.function.Consumer;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Nonces that any edge of the suite can check without having seen them: {@code base64url(issued | random | HMAC)}. They are
 * bound to a realm and to a scope, so a nonce that was issued to one client is invalid for another. Thread-safe.
 */
public final class Nonces {
    private static final String ALGORITHM = "HmacSHA256";
    private static final String PURPOSE = "trunkline sip-edge digest nonce v1";
    private static final int RANDOM_BYTES = 8;
    private static final int MAC_BYTES = 16;
    private static final int LENGTH = Long.BYTES + RANDOM_BYTES + MAC_BYTES;
    /** Edges' clocks differ. */
    private static final Duration SKEW = Duration.ofSeconds(5);

    /** @param issued the time in the nonce itself, with milliseconds */
    record Fresh(String nonce, Instant issued) {}

    private final SecretKeySpec key;
    private final Consumer<byte[]> random;
    private final Clock clock;
    private final Duration lifetime;

    /**
     * @param suiteKey the suite's seal key; the signing key is derived from it and does not reveal it
     * @param random fills an array with unpredictable bytes
     * @param lifetime after which a nonce is stale
     */
    public Nonces(byte[] suiteKey, Consumer<byte[]> random, Clock clock, Duration lifetime) {
        this.key = new SecretKeySpec(
                hmac(new SecretKeySpec(suiteKey, ALGORITHM), PURPOSE.getBytes(StandardCharsets.US_ASCII)), ALGORITHM);
        this.random = random;
        this.clock = clock;
        this.lifetime = lifetime;
    }

    String issue(String realm, String scope) {
        byte[] nonce = new byte[LENGTH];
        byte[] salt = new byte[RANDOM_BYTES];
        random.accept(salt);
        ByteBuffer buffer = ByteBuffer.wrap(nonce).putLong(clock.millis()).put(salt);
        buffer.put(sign(nonce, realm, scope), 0, MAC_BYTES);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(nonce);
    }

    /** @return empty if it is not ours, was issued for another realm or scope, or is too old */
    Optional<Fresh> check(String nonce, String realm, String scope) {
        byte[] bytes;
        try {
            bytes = Base64.getUrlDecoder().decode(nonce);
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
        if (bytes.length != LENGTH) {
            return Optional.empty();
        }
        byte[] mac = Arrays.copyOfRange(bytes, LENGTH - MAC_BYTES, LENGTH);
        if (!MessageDigest.isEqual(mac, Arrays.copyOf(sign(bytes, realm, scope), MAC_BYTES))) {
            return Optional.empty();
        }
        Instant issued = Instant.ofEpochMilli(ByteBuffer.wrap(bytes).getLong());
        Instant now = clock.instant();
        boolean fresh = !issued.isAfter(now.plus(SKEW)) && issued.plus(lifetime).isAfter(now);
        return fresh ? Optional.of(new Fresh(nonce, issued)) : Optional.empty();
    }

    Duration lifetime() {
        return lifetime;
    }

    /** @param nonce of which only the part before the signature counts; that part is filled by then */
    private byte[] sign(byte[] nonce, String realm, String scope) {
        return hmac(key, Arrays.copyOf(nonce, Long.BYTES + RANDOM_BYTES), (realm + '\0' + scope).getBytes(StandardCharsets.UTF_8));
    }

    private static byte[] hmac(SecretKeySpec key, byte[]... parts) {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(key);
            for (byte[] part : parts) {
                mac.update(part);
            }
            return mac.doFinal();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this Java runtime has no " + ALGORITHM, e);
        }
    }
}
