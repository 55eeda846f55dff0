package dev.trunkline.edge.auth;

import dev.trunkline.sip.auth.DigestAlgorithm;
import dev.trunkline.sip.auth.DigestFields;
import java.util.Locale;
import java.util.Optional;

/**
 * A client's answer to a challenge: an Authorization header whose form is in order (RFC 7616 section 3.4).
 *
 * @param nc its nonce count, from 1
 * @param ncText the same as it was written, because it is part of the hashed text
 */
record DigestAnswer(
        String username,
        String realm,
        String nonce,
        String uri,
        String response,
        DigestAlgorithm algorithm,
        String cnonce,
        long nc,
        String ncText) {
    private static final int COUNT_DIGITS = 8;
    /** RFC 2617 had no other algorithm to name. */
    private static final String DEFAULT_ALGORITHM = "MD5";

    /**
     * An answer without {@code qop} has no count that we could check, and is therefore no answer: we challenge with qop
     * only.
     *
     * @return empty if something is missing or is not what we challenge with
     */
    static Optional<DigestAnswer> of(DigestFields fields) {
        Optional<DigestAlgorithm> algorithm =
                DigestAlgorithm.of(fields.get("algorithm").orElse(DEFAULT_ALGORITHM));
        String nc = fields.text("nc");
        boolean whole = !fields.text("username").isEmpty()
                && !fields.text("nonce").isEmpty()
                && !fields.text("uri").isEmpty()
                && !fields.text("response").isEmpty()
                && !fields.text("cnonce").isEmpty()
                && fields.text("qop").equalsIgnoreCase("auth")
                && nc.length() == COUNT_DIGITS
                && nc.chars().allMatch(DigestAnswer::isHex);
        return algorithm.filter(known -> whole).map(known -> new DigestAnswer(
                fields.text("username"),
                fields.text("realm"),
                fields.text("nonce"),
                fields.text("uri"),
                fields.text("response").toLowerCase(Locale.ROOT),
                known,
                fields.text("cnonce"),
                Long.parseLong(nc, 16),
                nc));
    }

    private static boolean isHex(int c) {
        return c >= '0' && c <= '9' || c >= 'a' && c <= 'f' || c >= 'A' && c <= 'F';
    }

    /** Hides the user. */
    @Override
    public String toString() {
        return "DigestAnswer[…]";
    }
}
