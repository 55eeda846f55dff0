package dev.trunkline.events.voicemail;

import dev.trunkline.events.privacy.SuiteKeys;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import javax.crypto.KDF;
import javax.crypto.SecretKey;
import javax.crypto.spec.HKDFParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * The suite's keys for messages, each with an id that is derived from it and reveals nothing about it. Each organisation has its own key,
 * derived from a suite key, and each message has its own, derived from the organisation's, by HKDF with SHA-256 (RFC 5869):
 *
 * <pre>
 *   organisation = HKDF(suite key,    salt: none,                  info: "trunkline voicemail organisation " + id)
 *   message      = HKDF(organisation, salt: 16 random octets,      info: "trunkline voicemail message " + id)
 * </pre>
 *
 * A key is changed in three steps; complete each in every relay and router before the next. Messages are not resealed: the old key opens
 * them until the last is deleted.
 *
 * <pre>
 *                TRUNKLINE_VOICEMAIL_KEY   TRUNKLINE_VOICEMAIL_KEYS_ALSO
 *   1            old                       new            every service can open what will be sealed under the new key
 *   2            new                       old
 *   3            new                                      once no stored message is sealed under the old key
 * </pre>
 */
public final class VoicemailKeys {
    static final int ID_LENGTH = 8;
    static final int SALT_OCTETS = 16;
    private static final String HKDF = "HKDF-SHA256";
    private static final int KEY_OCTETS = 32;
    private static final int ID_OCTETS = 4;

    private final String id;
    private final Map<String, byte[]> keys;

    /** @param keys 32 octets each; the first seals, all open */
    private VoicemailKeys(Iterable<byte[]> keys) {
        this.keys = new LinkedHashMap<>();
        for (byte[] key : keys) {
            this.keys.put(HexFormat.of().formatHex(derived(key, new byte[0], "trunkline voicemail key id", ID_OCTETS)), key.clone());
        }
        this.id = this.keys.keySet().iterator().next();
    }

    /**
     * @param key {@code TRUNKLINE_VOICEMAIL_KEY}, in base64; if empty, no messages are recorded or read
     * @param also {@code TRUNKLINE_VOICEMAIL_KEYS_ALSO}, separated by commas
     * @throws IllegalArgumentException with a message that says what to do, if one is not a key
     */
    public static Optional<VoicemailKeys> parse(Optional<String> key, Optional<String> also) {
        if (key.filter(text -> !text.isBlank()).isEmpty()) {
            return Optional.empty();
        }
        var all = new java.util.ArrayList<byte[]>();
        all.add(SuiteKeys.parse("voicemail", key.get()));
        Arrays.stream(also.orElse("").split(",")).filter(text -> !text.isBlank()).map(text -> SuiteKeys.parse("other voicemail", text))
                .forEach(all::add);
        return Optional.of(new VoicemailKeys(all));
    }

    /** Returns the id of the key that seals. */
    public String id() {
        return id;
    }

    /** @return AES-256; empty if the suite key is not known here */
    Optional<SecretKey> of(String keyId, String organisation, UUID message, byte[] salt) {
        return Optional.ofNullable(keys.get(keyId)).map(suite -> {
            byte[] own = derived(suite, new byte[0], "trunkline voicemail organisation " + organisation, KEY_OCTETS);
            return new SecretKeySpec(derived(own, salt, "trunkline voicemail message " + message, KEY_OCTETS), "AES");
        });
    }

    private static byte[] derived(byte[] from, byte[] salt, String info, int octets) {
        try {
            return KDF.getInstance(HKDF).deriveData(HKDFParameterSpec.ofExtract()
                    .addIKM(from).addSalt(salt).thenExpand(info.getBytes(StandardCharsets.UTF_8), octets));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this Java runtime has no " + HKDF, e);
        }
    }
}
