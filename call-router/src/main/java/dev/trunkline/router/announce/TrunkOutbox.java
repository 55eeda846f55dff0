package dev.trunkline.router.announce;

import dev.trunkline.events.Trunk;
import dev.trunkline.events.privacy.SealedTrunkUsers;
import dev.trunkline.router.snapshot.DirectoryReader;
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

/** The table that triggers write, in the transaction that changes a trunk or one of its rules, and that is emptied towards Kafka. */
public final class TrunkOutbox {
    private static final Pattern UUID =
            Pattern.compile("[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}");
    /** Of the advisory lock that lets one replica relay at a time, so that two never publish in the wrong order. */
    private static final long LOCK = 0x7472756E6B73L;
    private static final int BATCH = 500;

    /** Writes trunks to Kafka and returns when they are there. */
    @FunctionalInterface
    public interface Sink {
        /**
         * @param ids of the trunks that changed
         * @param present those of them that exist, as the edge needs them; the others are gone
         */
        void publish(List<String> ids, List<Trunk> present) throws Exception;
    }

    private final Transactions transactions;
    private final SealedTrunkUsers seals;

    /** @param seals for what only edges may read of a trunk */
    public TrunkOutbox(Transactions transactions, SealedTrunkUsers seals) {
        this.transactions = transactions;
        this.seals = seals;
    }

    /** Puts every trunk into the outbox, and those that Kafka holds though they are gone. */
    public void recall(Set<String> announced) throws SQLException {
        String[] ids = announced.stream().filter(id -> UUID.matcher(id).matches()).toArray(String[]::new);
        transactions.asOwner(connection -> {
            try (PreparedStatement statement = connection.prepareStatement(
                    "insert into trunk_outbox (trunk_id) select id from trunks union select unnest(?::uuid[])")) {
                statement.setArray(1, connection.createArrayOf("text", ids));
                return statement.executeUpdate();
            }
        });
    }

    /** @return how many trunks were published; 0 if there was nothing to do or another replica does it */
    public int relay(Sink sink) throws Exception {
        return transactions.<Integer, Exception>asOwner(connection -> relay(connection, sink));
    }

    private int relay(Connection connection, Sink sink) throws Exception {
        try (Statement statement = connection.createStatement()) {
            if (!locked(statement)) {
                return 0;
            }
            // Taken by their own ids, as a lower one may yet be committed by somebody else.
            List<Long> taken = new ArrayList<>();
            Set<String> changed = new LinkedHashSet<>();
            try (ResultSet rows = statement.executeQuery(
                    "select id, trunk_id from trunk_outbox order by id limit " + BATCH)) {
                while (rows.next()) {
                    taken.add(rows.getLong("id"));
                    changed.add(rows.getString("trunk_id"));
                }
            }
            if (changed.isEmpty()) {
                return 0;
            }
            List<String> ids = List.copyOf(changed);
            sink.publish(ids, DirectoryReader.trunksForEdge(connection, ids, seals));
            delete(connection, taken);
            return ids.size();
        }
    }

    private static void delete(Connection connection, List<Long> taken) throws SQLException {
        try (PreparedStatement statement =
                connection.prepareStatement("delete from trunk_outbox where id = any (?)")) {
            statement.setArray(1, connection.createArrayOf("bigint", taken.toArray()));
            statement.executeUpdate();
        }
    }

    private static boolean locked(Statement statement) throws SQLException {
        try (ResultSet row = statement.executeQuery("select pg_try_advisory_xact_lock(" + LOCK + ")")) {
            row.next();
            return row.getBoolean(1);
        }
    }
}
