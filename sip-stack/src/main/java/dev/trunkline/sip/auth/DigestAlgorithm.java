package dev.trunkline.sip.auth;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Optional;

/** Hash algorithms of digest authentication, the preferred one first (RFC 8760 section 2.4). */
public enum DigestAlgorithm {
    SHA_256("SHA-256"),
    MD5("MD5");

    private final String code;

    DigestAlgorithm(String code) {
        this.code = code;
    }

    /** Returns the name as in the parameter {@code algorithm}, which is also the JVM's. */
    public String code() {
        return code;
    }

    /** @param code case-insensitive; the session variants (RFC 7616 section 3.4.2) are not known */
    public static Optional<DigestAlgorithm> of(String code) {
        return Arrays.stream(values()).filter(algorithm -> algorithm.code.equalsIgnoreCase(code)).findFirst();
    }

    /** Returns {@code H(parts joined by colons)} in lower-case hexadecimal digits. */
    public String hash(String... parts) {
        try {
            byte[] text = String.join(":", parts).getBytes(StandardCharsets.UTF_8);
            return HexFormat.of().formatHex(MessageDigest.getInstance(code).digest(text));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("this Java runtime has no " + code, e);
        }
    }

    /** Returns {@code H(username:realm:password)} (RFC 7616 section 3.4.2). */
    public String ha1(String username, String realm, String password) {
        return hash(username, realm, password);
    }

    /**
     * Returns the response for {@code qop=auth} (RFC 7616 section 3.4.1).
     *
     * @param nc 8 hexadecimal digits
     */
    public String response(String ha1, String method, String uri, String nonce, String nc, String cnonce) {
        return hash(ha1, nonce, nc, cnonce, "auth", hash(method, uri));
    }

    /** Returns the response to a challenge without qop, as in RFC 2069; used only by a client that is challenged in that form. */
    String responseWithoutQop(String ha1, String method, String uri, String nonce) {
        return hash(ha1, nonce, hash(method, uri));
    }
}
