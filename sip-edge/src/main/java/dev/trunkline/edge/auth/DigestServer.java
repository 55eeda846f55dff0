package dev.trunkline.edge.auth;

import dev.trunkline.events.privacy.TrunkUser;
import dev.trunkline.sip.auth.DigestAlgorithm;
import dev.trunkline.sip.auth.DigestFields;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Digest as a server. An answer is judged in this order, so nobody learns more than necessary:
 *
 * <pre>
 *   credentials of a realm of ours? -- no --> challenge
 *     | form in order, about this request? -- no --> malformed
 *     | nonce ours, fresh, issued to this peer? -- no --> challenge, stale
 *     | still delayed for a wrong answer before? -- yes --> wrong, not checked
 *     | response right? -- no --> wrong (as slow for an unknown user)
 *     | count higher than the last? -- no --> challenge, stale
 *     v right
 * </pre>
 */
public final class DigestServer {
    /** What an answer for an unknown user is compared with: it takes as long as a real one and never matches. */
    private static final String NOBODY = "-".repeat(64);

    private final Nonces nonces;
    private final NonceCounts counts;
    private final WrongAnswers wrongAnswers;
    private final Guesses guesses;
    private final Clock clock;

    /**
     * @param wrongAnswers of a user from one source
     * @param guesses of a user from all sources
     */
    public DigestServer(Nonces nonces, NonceCounts counts, WrongAnswers wrongAnswers, Guesses guesses, Clock clock) {
        this.guesses = guesses;
        this.nonces = nonces;
        this.counts = counts;
        this.wrongAnswers = wrongAnswers;
        this.clock = clock;
    }

    /**
     * What is to be judged.
     *
     * @param scope to whom the nonce must have been issued
     * @param source for which wrong answers are counted
     * @param authorizations values of the header Authorization, in order
     */
    public record Question(String method, String requestUri, String scope, String source, List<String> authorizations) {
        public Question {
            authorizations = List.copyOf(authorizations);
        }

        /** Hides the user. */
        @Override
        public String toString() {
            return "Question[" + method + "]";
        }
    }

    public DigestVerdict judge(Question question, Collection<TrunkUser> users) {
        Optional<DigestFields> ours = question.authorizations().stream()
                .map(DigestFields::parse)
                .flatMap(Optional::stream)
                .filter(fields -> users.stream().anyMatch(user -> user.realm().equals(fields.text("realm"))))
                .findFirst();
        if (ours.isEmpty()) {
            return new DigestVerdict.Challenge(DigestVerdict.Why.MISSING);
        }
        Optional<DigestAnswer> answer = DigestAnswer.of(ours.get());
        if (answer.isEmpty()) {
            return new DigestVerdict.Malformed("the credentials are incomplete, or not of the algorithm and qop that were asked for");
        }
        if (!DigestUri.same(answer.get().uri(), question.requestUri())) {
            return new DigestVerdict.Malformed("the credentials are for another Request-URI");
        }
        return judge(question, answer.get(), users);
    }

    private DigestVerdict judge(Question question, DigestAnswer answer, Collection<TrunkUser> users) {
        Optional<Nonces.Fresh> nonce = nonces.check(answer.nonce(), answer.realm(), question.scope());
        if (nonce.isEmpty()) {
            return new DigestVerdict.Challenge(DigestVerdict.Why.STALE);
        }
        List<TrunkUser> claimed = users.stream()
                .filter(user -> user.realm().equals(answer.realm()) && user.username().equals(answer.username()))
                .toList();
        // Guesses of names count together: else each new name would be one more free guess.
        String name = question.source() + ' ' + (claimed.isEmpty() ? "" : answer.username());
        String user = answer.realm() + ' ' + answer.username();
        if (wrongAnswers.waits(name) || !claimed.isEmpty() && guesses.waits(user, question.source())) {
            return new DigestVerdict.Wrong(claimed, false);
        }
        List<TrunkUser> right = whose(answer, question.method(), claimed);
        if (right.isEmpty()) {
            wrongAnswers.wrong(name);
            if (!claimed.isEmpty()) {
                guesses.wrong(user);
            }
            return new DigestVerdict.Wrong(claimed, true);
        }
        if (!counts.raise(nonce.get(), answer.nc(), clock.instant().minus(nonces.lifetime()))) {
            return new DigestVerdict.Challenge(DigestVerdict.Why.REPLAYED);
        }
        wrongAnswers.right(name);
        guesses.right(user, question.source());
        return new DigestVerdict.Right(right);
    }

    private List<TrunkUser> whose(DigestAnswer answer, String method, List<TrunkUser> claimed) {
        var right = new ArrayList<TrunkUser>(1);
        for (TrunkUser user : claimed) {
            if (fits(answer, method, ha1(user, answer.algorithm()))) {
                right.add(user);
            }
        }
        if (claimed.isEmpty()) {
            fits(answer, method, Optional.empty());
        }
        return right;
    }

    private boolean fits(DigestAnswer answer, String method, Optional<String> ha1) {
        String expected = answer.algorithm()
                .response(ha1.orElse(NOBODY), method, answer.uri(), answer.nonce(), answer.ncText(), answer.cnonce());
        boolean equal = MessageDigest.isEqual(
                expected.getBytes(StandardCharsets.US_ASCII), answer.response().getBytes(StandardCharsets.UTF_8));
        return equal && ha1.isPresent();
    }

    private static Optional<String> ha1(TrunkUser user, DigestAlgorithm algorithm) {
        return switch (algorithm) {
            case SHA_256 -> user.ha1Sha256();
            case MD5 -> user.ha1Md5();
        };
    }

    /**
     * Returns the WWW-Authenticate values of a 401, in the order in which a client should prefer them (RFC 8760 section 2.4).
     * For each realm of the users, these are the algorithms in which a user there can answer.
     *
     * @param scope to whom the nonces are issued
     * @param stale that the credentials failed only because of their nonce: the client may answer without asking its user
     */
    public List<String> challenges(Collection<TrunkUser> users, String scope, boolean stale) {
        return users.stream()
                .map(TrunkUser::realm)
                .distinct()
                .sorted()
                .flatMap(realm -> {
                    String nonce = nonces.issue(realm, scope);
                    return Stream.of(DigestAlgorithm.values())
                            .filter(algorithm -> users.stream().anyMatch(user ->
                                    user.realm().equals(realm) && ha1(user, algorithm).isPresent()))
                            .map(algorithm -> challenge(realm, nonce, algorithm, stale));
                })
                .toList();
    }

    private static String challenge(String realm, String nonce, DigestAlgorithm algorithm, boolean stale) {
        return "Digest realm=" + DigestFields.quoted(realm) + ", nonce=\"" + nonce + "\", qop=\"auth\", algorithm="
                + algorithm.code() + (stale ? ", stale=true" : "");
    }
}
