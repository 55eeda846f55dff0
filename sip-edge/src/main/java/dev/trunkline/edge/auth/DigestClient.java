package dev.trunkline.edge.auth;

import dev.trunkline.edge.text.Texts;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Digest as a client (RFC 7616, RFC 8760, RFC 3261 section 22.2 and 22.3): answers the challenges of one peer with one
 * user's password. Keeps the count of the nonces that it was given, and asks for no second try with a password that was
 * refused. Thread-safe.
 */
public final class DigestClient {
    private static final int MOST_NONCES = 64;

    /** Where the answer goes. */
    public enum Challenger {
        /** 401, WWW-Authenticate. */
        SERVER("Authorization"),
        /** 407, Proxy-Authenticate. */
        PROXY("Proxy-Authorization");

        private final String header;

        Challenger(String header) {
            this.header = header;
        }

        /** The header that carries the answer. */
        public String header() {
            return header;
        }
    }

    /**
     * Who answers.
     *
     * @param realm the only one that is answered; empty for any
     */
    public record Account(String username, String password, Optional<String> realm) {
        /** Says nothing of the user. */
        @Override
        public String toString() {
            return "Account[…]";
        }
    }

    private static final int MOST_QOPS = 8;

    private record Challenge(
            String realm, String nonce, Optional<String> opaque, DigestAlgorithm algorithm, boolean qop, boolean stale) {

        /** @return empty for another scheme, an algorithm that we do not know, or a qop without {@code auth} */
        static Optional<Challenge> of(String header) {
            return DigestFields.parse(header).flatMap(fields -> {
                Optional<DigestAlgorithm> algorithm = DigestAlgorithm.of(fields.get("algorithm").orElse("MD5"));
                boolean auth = fields.get("qop")
                        .map(qop -> Texts.pieces(qop, ",", MOST_QOPS).stream().anyMatch(each -> each.strip().equalsIgnoreCase("auth")))
                        .orElse(true);
                return algorithm
                        .filter(known -> auth && !fields.text("nonce").isEmpty() && fields.get("realm").isPresent())
                        .map(known -> new Challenge(
                                fields.text("realm"), fields.text("nonce"), fields.get("opaque"), known,
                                fields.get("qop").isPresent(), fields.text("stale").equalsIgnoreCase("true")));
            });
        }
    }

    private final Account account;
    private final Supplier<String> cnonces;
    private final Map<String, Integer> counts = new HashMap<>();

    /** @param cnonces what nobody can foresee, each time another; at least 64 bits in characters that need no escape */
    public DigestClient(Account account, Supplier<String> cnonces) {
        this.account = account;
        this.cnonces = cnonces;
    }

    /**
     * @param challenges values of the header in the response, in order
     * @param method of the request that was challenged
     * @param uri its Request-URI, as it will be sent again
     * @param answered whether that request carried an answer already
     * @return the value of the header to send it again with; empty if nothing here can be answered, or the password was
     *     refused
     */
    public Optional<String> answer(List<String> challenges, String method, String uri, boolean answered) {
        return challenges.stream()
                .map(Challenge::of)
                .flatMap(Optional::stream)
                .filter(challenge -> account.realm().isEmpty() || account.realm().get().equals(challenge.realm()))
                // Without stale the same password would be refused again (RFC 3261 section 22.2).
                .filter(challenge -> !answered || challenge.stale())
                // The strongest that we know, whatever the order; the peer's order among equals (RFC 8760 section 2.4).
                .min((one, other) -> one.algorithm().compareTo(other.algorithm()))
                .map(challenge -> answer(challenge, method, uri));
    }

    private String answer(Challenge challenge, String method, String uri) {
        DigestAlgorithm algorithm = challenge.algorithm();
        String ha1 = algorithm.ha1(account.username(), challenge.realm(), account.password());
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

    /** Each answer with the same nonce has the next count (RFC 7616 section 3.4). */
    private synchronized int next(String nonce) {
        if (counts.size() >= MOST_NONCES && !counts.containsKey(nonce)) {
            // A nonce that comes back afterwards begins at 1 again, is refused as stale, and the next challenge settles it.
            counts.clear();
        }
        return counts.merge(nonce, 1, Integer::sum);
    }
}
