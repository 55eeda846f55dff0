package dev.trunkline.events.privacy;

import java.security.SecureRandom;
import java.util.Optional;

/**
 * The keys that a service seals and opens with, as every service reads them from its settings. A key can be changed during
 * ongoing calls in three steps; complete each in every service before the next:
 *
 * <pre>
 *                TRUNKLINE_SEAL_KEY   TRUNKLINE_SEAL_KEY_ALSO
 *   before       old
 *   1            old                  new     every service can open what will be sealed under the new key
 *   2            new                  old     seals under the new key; still opens what calls and topics hold
 *   3            new                          once no ongoing call and no published trunk is sealed under the old key
 * </pre>
 */
public final class SealKeys {
    private static final String NAME = "seal";

    private final byte[] key;
    private final Optional<byte[]> also;

    /** @param key 32 bytes */
    public SealKeys(byte[] key) {
        this(key, Optional.empty());
    }

    /**
     * @param key seals, and opens
     * @param also opens only
     */
    public SealKeys(byte[] key, Optional<byte[]> also) {
        this.key = SuiteKeys.require32(NAME, key);
        this.also = also.map(other -> SuiteKeys.require32("other " + NAME, other));
    }

    /**
     * @param key {@code TRUNKLINE_SEAL_KEY}, in base64
     * @param also {@code TRUNKLINE_SEAL_KEY_ALSO}
     * @throws IllegalStateException with a message that says what to do, if there is no key
     * @throws IllegalArgumentException if one of them is not a key
     */
    public static SealKeys parse(Optional<String> key, Optional<String> also) {
        String given = key.orElseThrow(() -> new IllegalStateException("TRUNKLINE_SEAL_KEY is not set: make a key with"
                + " `openssl rand -base64 32` and give all services the same"));
        return new SealKeys(
                SuiteKeys.parse(NAME, given),
                also.filter(other -> !other.isBlank()).map(other -> SuiteKeys.parse("other " + NAME, other)));
    }

    public Sealer sealer(SecureRandom random) {
        return new Sealer(this, random);
    }

    /** Returns the key that seals. */
    public byte[] key() {
        return key.clone();
    }

    Optional<byte[]> also() {
        return also.map(byte[]::clone);
    }
}
