package dev.trunkline.sip.auth;

import java.util.Map;
import java.util.Optional;

/**
 * The account that answers challenges. It has a password, or the digests of a password in one realm. An account with only
 * digests must name their realm, because they cannot answer challenges of other realms.
 *
 * @param password empty if there are only digests
 * @param ha1 {@code H(username:realm:password)} (RFC 7616 section 3.4.2) by algorithm, in lower-case hexadecimal digits
 * @param realm the only one that is answered; empty for any
 * @throws IllegalArgumentException if it has neither, or digests without a realm
 */
public record Account(
        String username, Optional<String> password, Map<DigestAlgorithm, String> ha1, Optional<String> realm) {

    public Account {
        ha1 = Map.copyOf(ha1);
        if (password.isEmpty() && ha1.isEmpty()) {
            throw new IllegalArgumentException("an account needs a password, or the digests of one");
        }
        if (!ha1.isEmpty() && realm.isEmpty()) {
            throw new IllegalArgumentException("digests of a password belong to one realm: name it");
        }
    }

    public Account(String username, String password, Optional<String> realm) {
        this(username, Optional.of(password), Map.of(), realm);
    }

    /** @return empty if there is neither a password nor a digest for this algorithm */
    Optional<String> ha1(DigestAlgorithm algorithm, String challenged) {
        return Optional.ofNullable(ha1.get(algorithm))
                .or(() -> password.map(known -> algorithm.ha1(username, challenged, known)));
    }

    boolean answers(String challenged) {
        return realm.isEmpty() || realm.get().equals(challenged);
    }

    /** Reveals nothing about the user. */
    @Override
    public String toString() {
        return "Account[…]";
    }
}
