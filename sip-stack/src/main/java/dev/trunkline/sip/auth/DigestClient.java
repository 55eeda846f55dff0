package dev.trunkline.sip.auth;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Answers challenges with one account: picks the strongest of several, keeps the count of each nonce, and never retries a
 * rejected password. {@link DigestSession} does this over all requests to one peer. Thread-safe.
 */
public final class DigestClient {
    private static final int MOST_NONCES = 64;

    private final Account account;
    private final Supplier<String> cnonces;
    private final Map<String, Integer> counts = new HashMap<>();

    /** @param cnonces unpredictable, each time a different one; at least 64 bits in characters that need no escape */
    public DigestClient(Account account, Supplier<String> cnonces) {
        this.account = account;
        this.cnonces = cnonces;
    }

    /**
     * @param challenges values of the header in the response, in order
     * @param method of the request that was challenged
     * @param uri its Request-URI, as it will be sent again
     * @param answered whether that request already carried an answer
     * @return the value of the header for sending it again; empty if no challenge can be answered, or the password was rejected
     */
    public Optional<String> answer(List<String> challenges, String method, String uri, boolean answered) {
        return challenges.stream()
                .map(Challenge::of)
                .flatMap(Optional::stream)
                .filter(this::answers)
                // Without stale the same password would be rejected again (RFC 3261 section 22.2).
                .filter(challenge -> !answered || challenge.stale())
                // The strongest that we know, whatever the order; the peer's order among equals (RFC 8760 section 2.4).
                .min((one, other) -> one.algorithm().compareTo(other.algorithm()))
                .map(challenge -> answer(challenge, method, uri));
    }

    /** Returns whether the account has a password or digest for that realm and algorithm. */
    boolean answers(Challenge challenge) {
        return account.answers(challenge.realm()) && account.ha1(challenge.algorithm(), challenge.realm()).isPresent();
    }

    /** @param challenge one for which {@link #answers} is true */
    String answer(Challenge challenge, String method, String uri) {
        DigestAlgorithm algorithm = challenge.algorithm();
        String ha1 = account.ha1(algorithm, challenge.realm()).orElseThrow();
        var header = new StringBuilder("Digest username=").append(DigestFields.quoted(account.username()))
                .append(", realm=").append(DigestFields.quoted(challenge.realm()))
                .append(", nonce=").append(DigestFields.quoted(challenge.nonce()))
                .append(", uri=").append(DigestFields.quoted(uri))
                .append(", algorithm=").append(algorithm.code());
        if (challenge.qop()) {
            String nc = "%08x".formatted(next(challenge.nonce()));
            String cnonce = cnonces.get();
            header.append(", qop=auth, nc=").append(nc)
                    .append(", cnonce=").append(DigestFields.quoted(cnonce))
                    .append(", response=\"")
                    .append(algorithm.response(ha1, method, uri, challenge.nonce(), nc, cnonce)).append('"');
        } else {
            header.append(", response=\"")
                    .append(algorithm.responseWithoutQop(ha1, method, uri, challenge.nonce())).append('"');
        }
        challenge.opaque().ifPresent(opaque -> header.append(", opaque=").append(DigestFields.quoted(opaque)));
        return header.toString();
    }

    /** Returns the next count of a nonce: each answer with the same nonce has the next one (RFC 7616 section 3.4). */
    private synchronized int next(String nonce) {
        if (counts.size() >= MOST_NONCES && !counts.containsKey(nonce)) {
            // A nonce that is used again afterwards starts at 1, is rejected as stale, and the next challenge resolves it.
            counts.clear();
        }
        return counts.merge(nonce, 1, Integer::sum);
    }
}
