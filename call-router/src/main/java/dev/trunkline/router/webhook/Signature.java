package dev.trunkline.router.webhook;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Proves to a tenant that a request is Trunkline's and recent: {@code t=<seconds>,v1=<hexadecimal HMAC-SHA-256>} over
 * {@code <seconds>.<body>}. To verify it, the tenant computes the same over the bytes as received, compares in constant
 * time, and refuses a {@code t} that is minutes off. Jambonz signs in the same way.
 */
public final class Signature {
    public static final String HEADER = "Trunkline-Signature";
    /** The header in which a Jambonz application looks for the signature. */
    public static final String JAMBONZ_HEADER = "Jambonz-Signature";

    private static final String ALGORITHM = "HmacSHA256";

    private Signature() {}

    /** @param secret shared with the tenant, any non-empty text */
    public static String of(byte[] body, Instant at, String secret) {
        long seconds = at.getEpochSecond();
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), ALGORITHM));
            mac.update((seconds + ".").getBytes(StandardCharsets.UTF_8));
            return "t=%d,v1=%s".formatted(seconds, HexFormat.of().formatHex(mac.doFinal(body)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java has " + ALGORITHM, e);
        }
    }
}
