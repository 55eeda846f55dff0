package dev.trunkline.console.accounts;

import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.concurrent.Semaphore;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;

/**
 * Passwords as stored: {@code pbkdf2-sha512:<iterations>:<salt>:<hash>}, in hexadecimal digits. Thread-safe. Only two hashes are computed
 * concurrently, so that password guessing cannot occupy the whole machine.
 */
public final class PasswordHash {
    /** OWASP's recommendation for PBKDF2 with HMAC-SHA-512. */
    static final int ITERATIONS = 210_000;

    private static final String SCHEME = "pbkdf2-sha512";
    private static final int SALT_OCTETS = 16;
    private static final int BITS = 256;
    private static final int AT_ONCE = 2;
    /** Nobody chooses a password longer than this. */
    private static final int LONGEST = 1_000;

    private final SecureRandom random;
    private final Semaphore places = new Semaphore(AT_ONCE);
    private final String ofNobody;

    public PasswordHash(SecureRandom random) {
        this.random = random;
        this.ofNobody = SCHEME + ":" + ITERATIONS + ":" + "00".repeat(SALT_OCTETS) + ":" + "00".repeat(BITS / 8);
    }

    /** Hashes a password with a new salt. */
    public String of(String password) {
        byte[] salt = new byte[SALT_OCTETS];
        random.nextBytes(salt);
        HexFormat hex = HexFormat.of();
        return SCHEME + ":" + ITERATIONS + ":" + hex.formatHex(salt) + ":" + hex.formatHex(derived(password, salt, ITERATIONS));
    }

    /** @throws IllegalArgumentException if {@code kept} is not in our format */
    public boolean fits(String password, String kept) {
        String[] parts = kept.split(":");
        if (parts.length != 4 || !parts[0].equals(SCHEME)) {
            throw new IllegalArgumentException("a password is stored in an unknown format");
        }
        if (password.length() > LONGEST) {
            return false;
        }
        HexFormat hex = HexFormat.of();
        byte[] derived = derived(password, hex.parseHex(parts[2]), Integer.parseInt(parts[1]));
        return MessageDigest.isEqual(derived, hex.parseHex(parts[3]));
    }

    /** Takes as long as {@link #fits}, so that a client cannot find out which accounts exist. @return false */
    public boolean fitsNobody(String password) {
        return fits(password, ofNobody) && false;
    }

    private byte[] derived(String password, byte[] salt, int iterations) {
        places.acquireUninterruptibly();
        try {
            var spec = new PBEKeySpec(password.toCharArray(), salt, iterations, BITS);
            return SecretKeyFactory.getInstance("PBKDF2WithHmacSHA512").generateSecret(spec).getEncoded();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this Java runtime has no PBKDF2WithHmacSHA512", e);
        } finally {
            places.release();
        }
    }
}
