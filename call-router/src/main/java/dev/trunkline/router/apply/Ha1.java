package dev.trunkline.router.apply;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** The stored form of a password (RFC 7616 section 3.4.2): enough to check an answer, but not to log in elsewhere. */
public final class Ha1 {
    /** Part of every digest; the default realm of a trunk's challenges. */
    public static final String DEFAULT_REALM = "trunkline";

    private Ha1() {}

    /** @param algorithm {@code MD5} or {@code SHA-256} */
    public static String of(String algorithm, String username, String realm, String password) {
        try {
            byte[] text = (username + ":" + realm + ":" + password).getBytes(StandardCharsets.UTF_8);
            return HexFormat.of().formatHex(MessageDigest.getInstance(algorithm).digest(text));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("this Java runtime has no " + algorithm, e);
        }
    }
}
