package dev.trunkline.local;

import java.security.SecureRandom;
import java.util.Base64;

/** Generates passwords: 256 random bits in characters that need no quoting in a URL or in SQL. */
public final class Passwords {
    private static final int BYTES = 32;

    private Passwords() {}

    public static String make(SecureRandom random) {
        byte[] bytes = new byte[BYTES];
        random.nextBytes(bytes);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }
}
