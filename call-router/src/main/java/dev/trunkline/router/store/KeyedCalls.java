package dev.trunkline.router.store;

import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.util.UUID;

/**
 * The outbound calls that all replicas published under an Idempotency-Key. Every other place forgets a call within
 * minutes of its end, but a client that repeats a request an hour later must not cause a second call. Thread-safe.
 */
public final class KeyedCalls {
    /** How long a call is remembered. */
    static final Duration REMEMBERED = Duration.ofDays(7);

    private final Transactions transactions;

    public KeyedCalls(Transactions transactions) {
        this.transactions = transactions;
    }

    /** Returns whether Kafka has taken the call in the last week. */
    public boolean said(UUID callId) throws SQLException {
        return transactions.asOwner(connection -> {
            try (PreparedStatement query = connection.prepareStatement("select 1 from calls_out where call_id = ?")) {
                query.setObject(1, callId);
                return query.executeQuery().next();
            }
        });
    }

    /** Remembers a call, and forgets those older than a week. */
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
