package dev.trunkline.rtc.ice;

import java.nio.charset.StandardCharsets;
import java.util.random.RandomGenerator;

/**
 * One side's user fragment and password (RFC 8445 section 5.3).
 *
 * @param ufrag    4 to 256 characters
 * @param password 22 to 256 characters
 */
public record IceCredentials(String ufrag, String password) {

    private static final String ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

    /** Creates random credentials: 48 and 144 bits of randomness, while the RFC asks for 24 and 128. */
    public static IceCredentials create(RandomGenerator secureRandom) {
        return new IceCredentials(text(secureRandom, 8), text(secureRandom, 24));
    }

    /** The key of MESSAGE-INTEGRITY with short-term credentials (RFC 8489 section 9.1.1). */
    byte[] key() {
        return password.getBytes(StandardCharsets.UTF_8);
    }

    /** Leaves the password out. */
    @Override
    public String toString() {
        return "IceCredentials[" + ufrag + "]";
    }

    private static String text(RandomGenerator random, int length) {
        StringBuilder text = new StringBuilder(length);
        for (int i = 0; i < length; i++) {
            text.append(ALPHABET.charAt(random.nextInt(ALPHABET.length())));
        }
        return text.toString();
    }
}
