package dev.trunkline.router.auth;

import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jboss.logging.Logger;

/**
 * The issuer's keys in memory: read at first use, and again once they are a minute old or a token names an unknown key.
 * While Postgres is down, the keys in memory stay. Thread-safe.
 */
final class IssuerKeys {
    private static final Logger LOG = Logger.getLogger(IssuerKeys.class);
    private static final Duration FRESH = Duration.ofMinutes(1);
    /** Unauthenticated requests with invented key ids must not each cause a query to Postgres. */
    private static final Duration AT_MOST_EVERY = Duration.ofSeconds(2);

    private final IssuerKeyTable table;
    private final Clock clock;
    private List<IssuerKey> keys = List.of();
    private Instant readAt = Instant.MIN;

    IssuerKeys(IssuerKeyTable table, Clock clock) {
        this.table = table;
        this.clock = clock;
    }

    /** Returns the key that currently signs. */
    synchronized IssuerKey signing() throws SQLException {
        refresh(FRESH);
        return valid().stream()
                .filter(key -> key.retiredAt().isEmpty())
                .findFirst()
                .orElseThrow(() -> new SQLException("there is no key to sign tokens with"));
    }

    /** @return empty if no valid key has that id */
    synchronized Optional<IssuerKey> byId(String id) throws SQLException {
        refresh(FRESH);
        if (find(id).isEmpty()) {
            refresh(AT_MOST_EVERY);
        }
        return find(id);
    }

    /** Returns the keys whose tokens are currently accepted. */
    synchronized List<IssuerKey> all() throws SQLException {
        refresh(FRESH);
        return valid();
    }

    private Optional<IssuerKey> find(String id) {
        return valid().stream().filter(key -> key.id().equals(id)).findFirst();
    }

    private List<IssuerKey> valid() {
        Instant now = clock.instant();
        return keys.stream().filter(key -> key.validAt(now)).toList();
    }

    private void refresh(Duration olderThan) throws SQLException {
        Instant now = clock.instant();
        if (!keys.isEmpty() && now.isBefore(readAt.plus(olderThan))) {
            return;
        }
        try {
            keys = table.readOrCreate();
        } catch (SQLException e) {
            if (keys.isEmpty()) {
                throw e;
            }
            LOG.warnf("the issuer's keys stay as they were at %s, Postgres does not answer: %s", readAt, e.getMessage());
        }
        readAt = now;
    }
}
