package dev.trunkline.router.apply;

import dev.trunkline.router.store.Transactions;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Takes single items out of the directory. What others need stays, and the answer names who needs it. */
public final class Removals {

    /** What became of the wish. */
    public sealed interface Outcome {
        record Removed() implements Outcome {}

        record Unknown() implements Outcome {}

        /** @param by the names of the items that need it */
        record Needed(List<String> by) implements Outcome {}
    }

    /**
     * @param key column by which people know the item
     * @param neededBy selects the names of those who need the item of that key
     */
    private record Kind(String table, String key, Optional<String> neededBy) {}

    private static final Map<String, Kind> KINDS = Map.of(
            "numbers", new Kind("numbers", "phone_number", Optional.empty()),
            "rules", new Kind("rules", "name", Optional.empty()),
            "trunks", new Kind("trunks", "name", Optional.of(
                    "select name from rules where (select id from trunks where name = ?) = any (trunk_ids) order by name")),
            "organisations", new Kind("organisations", "name", Optional.of("""
                    select phone_number from numbers join organisations o on o.id = organisation_id where o.name = ?
                    union select a.name from agent_instances a join organisations o on o.id = a.organisation_id
                        where o.name = ?
                    union select r.name from rules r join organisations o on o.id = organisation_id where o.name = ?
                    order by 1""")));

    private final Transactions transactions;

    public Removals(Transactions transactions) {
        this.transactions = transactions;
    }

    /** {@code organisations}, {@code numbers}, {@code trunks}, {@code rules}. */
    public static boolean knows(String kind) {
        return KINDS.containsKey(kind);
    }

    /**
     * @param kind one of {@link #knows}
     * @param name of the item; the number as it is kept for a number
     * @param by who takes it out, for the record of assignments
     */
    public Outcome remove(String kind, String name, String by) throws SQLException {
        Kind known = Optional.ofNullable(KINDS.get(kind))
                .orElseThrow(() -> new IllegalArgumentException("no kind of item: " + kind));
        return transactions.asOwner(by, connection -> {
            new DirectoryRows(connection).lock();
            return remove(connection, known, name);
        });
    }

    private static Outcome remove(Connection connection, Kind kind, String name) throws SQLException {
        if (kind.neededBy().isPresent()) {
            List<String> needing = names(connection, kind.neededBy().get(), name);
            if (!needing.isEmpty()) {
                return new Outcome.Needed(needing);
            }
        }
        try (PreparedStatement statement = connection.prepareStatement(
                "delete from %s where %s = ?".formatted(kind.table(), kind.key()))) {
            statement.setString(1, name);
            return statement.executeUpdate() == 0 ? new Outcome.Unknown() : new Outcome.Removed();
        }
    }

    private static List<String> names(Connection connection, String query, String name) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(query)) {
            int parameters = statement.getParameterMetaData().getParameterCount();
            for (int i = 1; i <= parameters; i++) {
                statement.setString(i, name);
            }
            try (ResultSet rows = statement.executeQuery()) {
                List<String> names = new ArrayList<>();
                while (rows.next()) {
                    names.add(rows.getString(1));
                }
                return names;
            }
        }
    }
}
