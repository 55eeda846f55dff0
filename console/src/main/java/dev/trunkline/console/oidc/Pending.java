package dev.trunkline.console.oidc;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Optional;

/**
 * A question to the provider that is not answered yet. It is kept by the browser that asks, in a cookie that no script reads: whoever has
 * an answer and not the cookie is somebody else, and any replica takes the answer.
 *
 * @param state binds the answer to this browser
 * @param nonce binds the token to this question
 * @param verifier of PKCE (RFC 7636): shows that whoever has the code is whoever asked
 * @param to the page that somebody wanted, a path of the console
 */
record Pending(String state, String nonce, String verifier, String to) {
    private static final int OCTETS = 32;
    private static final int LONGEST_PAGE = 1_000;
    private static final String SEPARATOR = ".";

    static Pending of(SecureRandom random, String to) {
        return new Pending(token(random), token(random), token(random), page(to));
    }

    private static String token(SecureRandom random) {
        byte[] octets = new byte[OCTETS];
        random.nextBytes(octets);
        return url(octets);
    }

    /** A path of ours, or the first page: nobody is sent elsewhere after signing in. */
    static String page(String wanted) {
        boolean ours = wanted.length() <= LONGEST_PAGE
                && wanted.startsWith("/")
                && !wanted.startsWith("//")
                && wanted.chars().allMatch(c -> c > ' ' && c < 0x7f && c != '\\' && c != '"' && c != '<' && c != '>' && c != '^' && c != '`'
                        && c != '{' && c != '}' && c != '|');
        return ours ? wanted : "/";
    }

    /** What the provider sees of {@link #verifier}. */
    String challenge() {
        return url(digest(verifier));
    }

    boolean isOf(String answered) {
        return MessageDigest.isEqual(state.getBytes(StandardCharsets.UTF_8), answered.getBytes(StandardCharsets.UTF_8));
    }

    /** For the cookie. */
    String text() {
        return String.join(SEPARATOR, state, nonce, verifier, url(to.getBytes(StandardCharsets.UTF_8)));
    }

    /** Empty for what no cookie of ours says. */
    static Optional<Pending> parse(String cookie) {
        String[] parts = cookie.split("\\.", -1);
        if (parts.length != 4 || parts[0].isEmpty() || parts[1].isEmpty() || parts[2].isEmpty()) {
            return Optional.empty();
        }
        try {
            String to = new String(Base64.getUrlDecoder().decode(parts[3]), StandardCharsets.UTF_8);
            return Optional.of(new Pending(parts[0], parts[1], parts[2], page(to)));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private static String url(byte[] octets) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(octets);
    }

    private static byte[] digest(String text) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.US_ASCII));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("this Java runtime has no SHA-256", e);
        }
    }

    /** Leaves out what only the browser knows. */
    @Override
    public String toString() {
        return "Pending[" + to + "]";
    }
}
