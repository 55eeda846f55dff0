package dev.trunkline.console.history;

import dev.trunkline.console.store.Columns;
import dev.trunkline.console.store.Database;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

/**
 * Forgets one caller (GDPR, article 17): the calls stay, as somebody's; who called, the events by which it could be told, and notes go.
 * Calls of before that come again from Kafka come without the caller.
 */
public final class Erasure {
    private static final String OF_CALLER = "select call_id from calls where caller = ? and received_at <= ?";

    private final Database database;

    /** @param id to find it by in the table {@code erasures} */
    public record Receipt(long erasedCalls, Instant at, UUID id) {}

    public Erasure(Database database) {
        this.database = database;
    }

    public Receipt erase(String pseudonym, String by, Instant at) throws SQLException {
        var id = UUID.randomUUID();
        return database.together(connection -> {
            run(connection, """
                    insert into erased_callers values (sha256(convert_to(?, 'UTF8')), ?)
                    on conflict (pseudonym) do update set erased_at = excluded.erased_at""", List.of(pseudonym, at));
            run(connection, "delete from call_events where call_id in (" + OF_CALLER + ")", List.of(pseudonym, at));
            run(connection, "delete from notes where call_id in (" + OF_CALLER + ")", List.of(pseudonym, at));
            long calls = run(connection, "update calls set caller = 'erased', room = null where caller = ? and received_at <= ?",
                    List.of(pseudonym, at));
            run(connection, "insert into erasures (id, at, by, calls) values (?, ?, ?, ?)", List.of(id, at, by, calls));
            return new Receipt(calls, at, id);
        });
    }

    private static int run(Connection connection, String sql, List<Object> values) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            Columns.bind(statement, values);
            return statement.executeUpdate();
        }
    }
}
