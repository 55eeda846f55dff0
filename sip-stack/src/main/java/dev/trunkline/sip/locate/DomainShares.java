package dev.trunkline.sip.locate;

import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/**
 * Limits how many lookups of names under one domain may be in progress at once, because a domain whose servers do not answer
 * holds them up. Thread-safe.
 */
final class DomainShares {
    private final int most;
    private final ConcurrentMap<String, Integer> taken = new ConcurrentHashMap<>();

    DomainShares(int most) {
        this.most = most;
    }

    /** Released when closed. */
    final class Share implements AutoCloseable {
        private final String domain;

        private Share(String domain) {
            this.domain = domain;
        }

        @Override
        public void close() {
            taken.computeIfPresent(domain, (name, count) -> count == 1 ? null : count - 1);
        }
    }

    /** @return empty if the limit is reached */
    Optional<Share> take(String host) {
        String domain = domain(host.toLowerCase(Locale.ROOT));
        boolean[] given = new boolean[1];
        taken.compute(domain, (name, count) -> {
            int now = count == null ? 0 : count;
            given[0] = now < most;
            return given[0] ? Integer.valueOf(now + 1) : count;
        });
        return given[0] ? Optional.of(new Share(domain)) : Optional.empty();
    }

    /** Returns the last two labels, a good approximation of who runs the name servers. */
    private static String domain(String host) {
        int last = host.lastIndexOf('.');
        return last < 0 ? host : host.substring(host.lastIndexOf('.', last - 1) + 1);
    }
}
