package dev.trunkline.sip.locate;

import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/** How many may ask for names under one domain at once: its servers, if silent, hold up those who ask it. Thread-safe. */
final class DomainShares {
    private final int most;
    private final ConcurrentMap<String, Integer> taken = new ConcurrentHashMap<>();

    DomainShares(int most) {
        this.most = most;
    }

    /** Given back when closed. */
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

    /** @return empty if enough ask already */
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

    /** The last two labels: near enough to who runs its name servers. */
    private static String domain(String host) {
        int last = host.lastIndexOf('.');
        return last < 0 ? host : host.substring(host.lastIndexOf('.', last - 1) + 1);
    }
}
