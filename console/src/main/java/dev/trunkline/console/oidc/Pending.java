package dev.trunkline.console.oidc;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Optional;

/**
 * A pending request to the provider. The browser that made it keeps it, in a cookie that scripts cannot read. So an answer without the
 * cookie comes from somebody else, and any replica can process the answer.
 *
 * @param state binds the answer to this browser
 * @param nonce binds the token to this request
 * @param verifier of PKCE (RFC 7636): proves that the client with the code is the one that made the request
 * @param to the page to return to, a path of the console
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

    /** Returns a path of the console, or the first page: nobody is sent elsewhere after signing in. */
    static String page(String wanted) {
        boolean ours = wanted.length() <= LONGEST_PAGE
                && wanted.startsWith("/")
                && !wanted.startsWith("//")
                && wanted.chars().allMatch(c -> c > ' ' && c < 0x7f && c != '\\' && c != '"' && c != '<' && c != '>' && c != '^' && c != '`'
                        && c != '{' && c != '}' && c != '|');
        return ours ? wanted : "/";
    }

    /** What the provider receives of {@link #verifier}. */
    String challenge() {
        return url(digest(verifier));
    }

    boolean isOf(String answered) {
        return MessageDigest.isEqual(state.getBytes(StandardCharsets.UTF_8), answered.getBytes(StandardCharsets.UTF_8));
    }

    /** The value of the cookie. */
    String text() {
        return String.join(SEPARATOR, state, nonce, verifier, url(to.getBytes(StandardCharsets.UTF_8)));
    }

    /** Returns empty for a value that is not from a cookie of ours. */
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

    /** Leaves out what only the browser may know. */
    @Override
    public String toString() {
        return "Pending[" + to + "]";
    }
}
