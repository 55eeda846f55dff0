package dev.trunkline.router.apply;

import dev.trunkline.router.store.Texts;
import dev.trunkline.router.store.Transactions;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Removes single items from the directory. An item that others need stays, and the answer names those. */
public final class Removals {

    /** The outcome of a removal. */
    public sealed interface Outcome {
        record Removed() implements Outcome {}

        record Unknown() implements Outcome {}

        /** @param by the names of the items that need it */
        record Needed(List<String> by) implements Outcome {}
    }

    /**
     * @param key column by which people identify the item
     * @param neededBy selects the names of the items that need the item with that key
     */
    private record Kind(String table, String key, Optional<String> neededBy) {}

    private static final Map<String, Kind> KINDS = Map.of(
            "numbers", new Kind("numbers", "phone_number", Optional.empty()),
            "rules", new Kind("rules", "name", Optional.empty()),
            "trunks", new Kind("trunks", "name", Optional.of("""
                    with gone as (select id from trunks where name = ?)
                    select name from rules where (select id from gone) = any (trunk_ids)
                    union select name from outbound_trunks where inbound_trunk_id in (select id from gone)
                    order by 1""")),
            "outbound_trunks", new Kind("outbound_trunks", "name", Optional.of("""
                    with gone as (select jsonb_build_object('name', ?::text) as it)
                    select name from rules, gone where jsonb_path_exists(definition, '$.forward_to.**.trunk ? (@ == $name)', it)
                        or jsonb_path_exists(definition, '$.schedule.*.forward_to.**.trunk ? (@ == $name)', it)
                        or jsonb_path_exists(definition, '$.fallback[*].trunk ? (@ == $name)', it)
                    order by 1""")),
            "organisations", new Kind("organisations", "name", Optional.of("""
                    with gone as (select id from organisations where name = ?)
                    select phone_number from numbers where organisation_id in (select id from gone)
                    union select name from agent_instances where organisation_id in (select id from gone)
                    union select name from rules where organisation_id in (select id from gone)
                    union select name from outbound_trunks where organisation_id in (select id from gone)
                    order by 1""")));

    private final Transactions transactions;

    public Removals(Transactions transactions) {
        this.transactions = transactions;
    }

    /** {@code organisations}, {@code numbers}, {@code trunks}, {@code outbound_trunks}, {@code rules}. */
    public static boolean knows(String kind) {
        return KINDS.containsKey(kind);
    }

    /**
     * @param kind one of {@link #knows}
     * @param name of the item; for a number its stored form
     * @param by who removes it, for the record of assignments
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
            List<String> needing = Texts.of(connection, kind.neededBy().get(), name);
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
}
