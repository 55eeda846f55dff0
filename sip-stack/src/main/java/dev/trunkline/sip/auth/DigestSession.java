package dev.trunkline.sip.auth;

import dev.trunkline.sip.message.SipHeader;
import dev.trunkline.sip.message.SipHeaders;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The challenges that one peer, and the proxies before it, have sent to one account. The next request carries the answers
 * without being challenged (RFC 3261 section 22.3), with the nonce that the peer named last (RFC 7616 section 3.5).
 * Thread-safe.
 */
public final class DigestSession {
    /** Maximum realms that are answered together: the server's and those of the proxies on the way to it. */
    private static final int MOST_REALMS = 8;
    /** Maximum challenges of one request, including those for stale nonces. */
    private static final int MOST_ROUNDS = 4;
    /** Challenges of one response that are considered. */
    private static final int MOST_CHALLENGES = 16;

    private record Key(Challenger challenger, String realm) {}

    private final DigestClient client;
    private final Map<Key, Challenge> known = new LinkedHashMap<>();

    public DigestSession(DigestClient client) {
        this.client = client;
    }

    /** The result of a challenge. */
    public sealed interface Outcome {
        /** The request must be sent again, with the current {@link Exchange#headers}. */
        record Again() implements Outcome {}

        /** @param why in plain words; reveals nothing about the password */
        record GivenUp(String why) implements Outcome {}
    }

    /** One request until it gets a response that is not a challenge. Not thread-safe. */
    public final class Exchange {
        private final String method;
        private final String uri;
        /** The challenges that have been answered in this exchange. */
        private final Set<Key> asked = new HashSet<>();
        private int rounds;

        private Exchange(String method, String uri) {
            this.method = method;
            this.uri = uri;
        }

        /** Returns the headers with the current answers. */
        public List<SipHeader> headers() {
            synchronized (DigestSession.this) {
                return known.entrySet().stream()
                        .map(each -> new SipHeader(
                                each.getKey().challenger().header(), client.answer(each.getValue(), method, uri)))
                        .toList();
            }
        }

        /** @param response 401 or 407 */
        public Outcome challenged(int status, SipHeaders response) {
            Optional<Challenger> challenger = Challenger.of(status);
            if (challenger.isEmpty()) {
                return new Outcome.GivenUp("a " + status + " is not a challenge");
            }
            if (++rounds > MOST_ROUNDS) {
                return new Outcome.GivenUp("it keeps asking for credentials");
            }
            return challenged(challenger.get(), response.values(challenger.get().challenge()));
        }

        private Outcome challenged(Challenger challenger, List<String> values) {
            List<Challenge> challenges = values.stream()
                    .limit(MOST_CHALLENGES)
                    .map(Challenge::of)
                    .flatMap(Optional::stream)
                    .toList();
            if (challenges.isEmpty()) {
                return new Outcome.GivenUp(values.isEmpty()
                        ? "it asks for credentials without saying which"
                        : "it asks for credentials in an unsupported way; Digest with MD5 or SHA-256 is supported");
            }
            List<Challenge> answerable = challenges.stream().filter(client::answers).toList();
            if (answerable.isEmpty()) {
                return new Outcome.GivenUp("it asks for a realm or an algorithm for which the account has no credentials");
            }
            boolean any = false;
            synchronized (DigestSession.this) {
                for (Challenge challenge : strongest(answerable)) {
                    any |= take(new Key(challenger, challenge.realm()), challenge);
                }
            }
            return any ? new Outcome.Again() : new Outcome.GivenUp("user name or password are wrong");
        }

        /** @return whether the challenge should be answered */
        private boolean take(Key key, Challenge challenge) {
            if (!asked.add(key) && !challenge.stale()) {
                // It was answered in this exchange, and the same password would be rejected again (RFC 3261 section 22.2).
                known.remove(key);
                return false;
            }
            if (known.size() < MOST_REALMS || known.containsKey(key)) {
                known.put(key, challenge);
            }
            return true;
        }

        /** Takes the response to an authenticated request, which may name the nonce of the next one. */
        public void answered(SipHeaders response) {
            for (Challenger challenger : Challenger.values()) {
                response.first(challenger.info())
                        .flatMap(info -> DigestFields.parse("Digest " + info))
                        .flatMap(fields -> fields.get("nextnonce"))
                        .filter(nonce -> !nonce.isEmpty())
                        .ifPresent(nonce -> next(challenger, nonce));
            }
        }
    }

    private static List<Challenge> strongest(List<Challenge> challenges) {
        Map<String, Challenge> byRealm = new LinkedHashMap<>();
        challenges.stream()
                .sorted(Comparator.comparing(Challenge::algorithm))
                .forEach(challenge -> byRealm.putIfAbsent(challenge.realm(), challenge));
        return List.copyOf(byRealm.values());
    }

    /** Stores the next nonce. The header names no realm: it refers to the one that was answered. */
    private synchronized void next(Challenger challenger, String nonce) {
        List<Key> keys = known.keySet().stream().filter(key -> key.challenger() == challenger).toList();
        if (keys.size() == 1) {
            known.computeIfPresent(keys.getFirst(), (key, challenge) -> challenge.withNonce(nonce));
        }
    }

    /** @param uri its Request-URI, as it will be sent */
    public Exchange exchange(String method, String uri) {
        return new Exchange(method, uri);
    }
}
