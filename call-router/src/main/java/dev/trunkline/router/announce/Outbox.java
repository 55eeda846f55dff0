package dev.trunkline.router.announce;

import dev.trunkline.router.store.Transactions;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * A table that triggers write in the transaction that changes what it names, and that is emptied towards Kafka.
 *
 * @param <T> as the edge needs it
 */
abstract class Outbox<T> {
    private static final Pattern UUID =
            Pattern.compile("[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}");
    private static final int BATCH = 500;

    /** Writes trunks to Kafka and returns when they are there. */
    @FunctionalInterface
    interface Sink<T> {
        /**
         * @param ids of the trunks that changed
         * @param present those of them that exist, as the edge needs them; the others are gone
         */
        void publish(List<String> ids, List<T> present) throws Exception;
    }

    private final Transactions transactions;
    private final String outbox;
    private final String table;
    private final long lock;

    /**
     * @param outbox the table that is emptied
     * @param table of what it names
     * @param lock the advisory lock that lets one replica relay at a time, so that two never publish in the wrong order
     */
    Outbox(Transactions transactions, String outbox, String table, long lock) {
        this.transactions = transactions;
        this.outbox = outbox;
        this.table = table;
        this.lock = lock;
    }

    /** Compacted, keyed by id. */
    abstract String topic();

    /** Those of the ids that exist, in the transaction of the connection. */
    abstract List<T> present(Connection connection, List<String> ids) throws SQLException;

    abstract String id(T item);

    abstract String name(T item);

    /** Puts every trunk into the outbox, and those that Kafka holds though they are gone. */
    public void recall(Set<String> announced) throws SQLException {
        String[] ids = announced.stream().filter(id -> UUID.matcher(id).matches()).toArray(String[]::new);
        transactions.asOwner(connection -> {
            try (PreparedStatement statement = connection.prepareStatement(
                    "insert into %s (trunk_id) select id from %s union select unnest(?::uuid[])".formatted(outbox, table))) {
                statement.setArray(1, connection.createArrayOf("text", ids));
                return statement.executeUpdate();
            }
        });
    }

    /** @return how many trunks were published; 0 if there was nothing to do or another replica does it */
    public int relay(Sink<T> sink) throws Exception {
        return transactions.<Integer, Exception>asOwner(connection -> relay(connection, sink));
    }

    private int relay(Connection connection, Sink<T> sink) throws Exception {
        try (Statement statement = connection.createStatement()) {
            if (!locked(statement)) {
                return 0;
            }
            // Taken by their own ids, as a lower one may yet be committed by somebody else.
            List<Long> taken = new ArrayList<>();
            Set<String> changed = new LinkedHashSet<>();
            try (ResultSet rows = statement.executeQuery(
                    "select id, trunk_id from %s order by id limit %d".formatted(outbox, BATCH))) {
                while (rows.next()) {
                    taken.add(rows.getLong("id"));
                    changed.add(rows.getString("trunk_id"));
                }
            }
            if (changed.isEmpty()) {
                return 0;
            }
            List<String> ids = List.copyOf(changed);
            sink.publish(ids, present(connection, ids));
            delete(connection, taken);
            return ids.size();
        }
    }

    private void delete(Connection connection, List<Long> taken) throws SQLException {
        try (PreparedStatement statement =
                connection.prepareStatement("delete from %s where id = any (?)".formatted(outbox))) {
            statement.setArray(1, connection.createArrayOf("bigint", taken.toArray()));
            statement.executeUpdate();
        }
    }

    private boolean locked(Statement statement) throws SQLException {
        try (ResultSet row = statement.executeQuery("select pg_try_advisory_xact_lock(" + lock + ")")) {
            row.next();
            return row.getBoolean(1);
        }
    }
}
