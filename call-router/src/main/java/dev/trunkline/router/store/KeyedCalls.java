package dev.trunkline.router.store;

import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.util.UUID;

/**
 * The calls out that were said under an Idempotency-Key, of all replicas. A call that is over is forgotten by everybody else within
 * minutes, and whoever repeats a request an hour later must not call again. Thread-safe.
 */
public final class KeyedCalls {
    /** How long a call is remembered. */
    static final Duration REMEMBERED = Duration.ofDays(7);

    private final Transactions transactions;

    public KeyedCalls(Transactions transactions) {
        this.transactions = transactions;
    }

    /** Whether Kafka has taken the call, in the last week. */
    public boolean said(UUID callId) throws SQLException {
        return transactions.asOwner(connection -> {
            try (PreparedStatement query = connection.prepareStatement("select 1 from calls_out where call_id = ?")) {
                query.setObject(1, callId);
                return query.executeQuery().next();
            }
        });
    }

    /** Remembers it, and forgets what is older than a week. */
    public void say(UUID callId, UUID organisation) throws SQLException {
        transactions.asOwner(connection -> {
            try (PreparedStatement insert = connection.prepareStatement(
                            "insert into calls_out (call_id, organisation_id) values (?, ?) on conflict do nothing");
                    PreparedStatement forget = connection.prepareStatement(
                            "delete from calls_out where said_at < now() - make_interval(secs => ?)")) {
                insert.setObject(1, callId);
                insert.setObject(2, organisation);
                insert.executeUpdate();
                forget.setLong(1, REMEMBERED.toSeconds());
                forget.executeUpdate();
                return null;
            }
        });
    }
}
