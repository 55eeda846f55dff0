package dev.trunkline.router.announce;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.trunkline.events.codec.EventJson;
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
import org.apache.kafka.clients.producer.ProducerRecord;

/**
 * A table that is filled by triggers, in the transaction that changes the items it names, and is emptied towards Kafka.
 *
 * @param <T> the item as the edge needs it
 */
abstract class Outbox<T> {
    private static final Pattern UUID =
            Pattern.compile("[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}");
    private static final int BATCH = 500;

    /** Writes trunks to Kafka and returns when Kafka has them. */
    @FunctionalInterface
    interface Sink<T> {
        /**
         * @param ids of the trunks that changed
         * @param present those of them that exist, as the edge needs them; the others were removed
         */
        void publish(List<String> ids, List<T> present) throws Exception;
    }

    /**
     * The tables.
     *
     * @param outbox the table that is emptied
     * @param column the outbox's column that names what changed
     * @param type of that column
     * @param present selects the names of all existing items
     * @param batch how many names are relayed in one transaction
     */
    record Tables(String outbox, String column, String type, String present, int batch) {
        /** Returns those for trunks, which are named by their ids. @param table the table of the trunks */
        static Tables ofTrunks(String outbox, String table) {
            return new Tables(outbox, "trunk_id", "uuid", "select id from " + table, BATCH);
        }
    }

    private final Transactions transactions;
    private final Tables tables;
    private final long lock;

    /** @param lock the advisory lock that lets one replica relay at a time, so that two never publish in the wrong order */
    Outbox(Transactions transactions, Tables tables, long lock) {
        this.transactions = transactions;
        this.tables = tables;
        this.lock = lock;
    }

    /** Returns the topic: compacted, keyed by id. */
    abstract String topic();

    /** Returns the items with these ids that exist, in the transaction of the connection. */
    abstract List<T> present(Connection connection, List<String> ids) throws SQLException;

    abstract String id(T item);

    abstract String name(T item);

    /** Returns what an item is called in the log. */
    String noun() {
        return "trunk";
    }

    /** Returns whether an item can have this key on the topic. */
    boolean isId(String id) {
        return UUID.matcher(id).matches();
    }

    /** Returns an item's record for the topic. */
    ProducerRecord<String, byte[]> record(T item) {
        try {
            return new ProducerRecord<>(topic(), id(item), EventJson.MAPPER.writeValueAsBytes(item));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a trunk cannot be written as JSON", e);
        }
    }

    /** Puts all existing items into the outbox, and those that Kafka holds although they no longer exist. */
    public void recall(Set<String> announced) throws SQLException {
        String[] ids = announced.stream().filter(this::isId).toArray(String[]::new);
        transactions.asOwner(connection -> {
            try (PreparedStatement statement = connection.prepareStatement(
                    "insert into %s (%s) %s union select unnest(?::%s[])".formatted(
                            tables.outbox, tables.column, tables.present, tables.type))) {
                statement.setArray(1, connection.createArrayOf("text", ids));
                return statement.executeUpdate();
            }
        });
    }

    /** @return how many were published; 0 if there was nothing to do or another replica does it */
    public int relay(Sink<T> sink) throws Exception {
        return transactions.<Integer, Exception>asOwner(connection -> relay(connection, sink));
    }

    private int relay(Connection connection, Sink<T> sink) throws Exception {
        try (Statement statement = connection.createStatement()) {
            if (!locked(statement)) {
                return 0;
            }
            // Taken by their own ids, because another transaction may still commit a lower one.
            List<Long> taken = new ArrayList<>();
            Set<String> changed = new LinkedHashSet<>();
            try (ResultSet rows = statement.executeQuery(
                    "select id, %s as name from %s order by id limit %d".formatted(tables.column, tables.outbox, tables.batch))) {
                while (rows.next()) {
                    taken.add(rows.getLong("id"));
                    changed.add(rows.getString("name"));
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
                connection.prepareStatement("delete from %s where id = any (?)".formatted(tables.outbox))) {
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
