package dev.trunkline.console.demo;

import dev.trunkline.console.accounts.User;
import dev.trunkline.console.projection.ProjectionTables;
import dev.trunkline.console.store.Columns;
import dev.trunkline.console.store.Database;
import dev.trunkline.events.Envelope;
import dev.trunkline.events.OrganisationRef;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A week of invented history, so that a newcomer sees what the pages show. It is written once, in the same way as every event, and exists
 * only in the console's tables: programs that read Kafka never see it.
 */
public final class DemoHistory {
    private static final long SEED = 20_261_129;
    private static final int BATCH = 500;
    private static final String OF_DEMO = " in (select call_id from calls where kind = 'demo')";

    private final Database database;
    private final ProjectionTables tables;

    public DemoHistory(Database database, ProjectionTables tables) {
        this.database = database;
        this.tables = tables;
    }

    /** Whether it was ever written, even if it has been removed since. */
    public boolean written() throws SQLException {
        return database.with(connection -> {
            try (Statement statement = connection.createStatement(); ResultSet row = statement.executeQuery("select from demo_history")) {
                return row.next();
            }
        });
    }

    /**
     * Writes all of it or nothing.
     *
     * @param organisation that the calls belong to
     * @return how many events it has; 0 if it was written before
     */
    public int write(OrganisationRef organisation, Instant now) throws SQLException {
        return database.together(connection -> {
            try (PreparedStatement mark = connection.prepareStatement("insert into demo_history (written_at) values (?) on conflict do nothing")) {
                Columns.bind(mark, List.of(now));
                if (mark.executeUpdate() == 0) {
                    return 0;
                }
            }
            int events = 0;
            List<Envelope> batch = new ArrayList<>();
            for (List<Envelope> call : DemoWeek.calls(organisation, now, SEED).toList()) {
                batch.addAll(call);
                if (batch.size() >= BATCH) {
                    tables.write(connection, batch);
                    events += batch.size();
                    batch.clear();
                }
            }
            tables.write(connection, batch);
            return events + batch.size();
        });
    }

    /** How many invented calls the user sees. */
    public long calls(User user) throws SQLException {
        Optional<String> organisation = user.organisation().map(OrganisationRef::id);
        return database.with(connection -> {
            try (PreparedStatement statement = connection.prepareStatement("select count(*) from calls where kind = 'demo'"
                    + (organisation.isPresent() ? " and organisation_id = ?" : ""))) {
                Columns.bind(statement, organisation.<List<Object>>map(List::of).orElse(List.of()));
                try (ResultSet row = statement.executeQuery()) {
                    row.next();
                    return row.getLong(1);
                }
            }
        });
    }

    /** Removes all of it, with the notes that people added. It is not written again. @return how many calls it had */
    public long remove() throws SQLException {
        return database.together(connection -> {
            run(connection, "delete from call_events where call_id" + OF_DEMO);
            run(connection, "delete from notes where call_id" + OF_DEMO);
            return run(connection, "delete from calls where kind = 'demo'");
        });
    }

    private static long run(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            return statement.executeUpdate(sql);
        }
    }
}
