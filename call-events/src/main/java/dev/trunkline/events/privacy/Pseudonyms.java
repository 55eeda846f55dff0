package dev.trunkline.events.privacy;

import dev.trunkline.events.Caller;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Turns a caller's number into its pseudonym: HMAC-SHA-256 under the suite's pseudonym key. Thread-safe. */
public final class Pseudonyms {
    private static final String ALGORITHM = "HmacSHA256";
    private final SecretKeySpec key;

    /** @param key 32 bytes; see {@link SuiteKeys} */
    public Pseudonyms(byte[] key) {
        this.key = new SecretKeySpec(SuiteKeys.require32("pseudonym", key), ALGORITHM);
    }

    /** @param e164 the caller's normalised number; the same number must always come in the same form */
    public Caller ofNumber(String e164) {
        return new Caller(hmac(e164), false);
    }

    /** Callers who withhold their number share one pseudonym per trunk, so they share its limits. */
    public Caller anonymousOf(String trunkId) {
        return new Caller(hmac("anonymous@" + trunkId), true);
    }

    private String hmac(String text) {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(key);
            return HexFormat.of().formatHex(mac.doFinal(text.getBytes(StandardCharsets.UTF_8)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this Java runtime has no " + ALGORITHM, e);
        }
    }
}
