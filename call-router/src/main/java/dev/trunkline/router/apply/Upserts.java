package dev.trunkline.router.apply;

import dev.trunkline.router.apply.ApplyReport.Change;
import dev.trunkline.router.directory.CallRate;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.sql.Types;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/** Runs {@code insert … on conflict do update where … is distinct from … returning xmax = 0} on one connection. */
final class Upserts {
    private static final long LOCK = 0x6170706C79L;

    private final Connection connection;

    Upserts(Connection connection) {
        this.connection = connection;
    }

    /** Makes other writers wait until this transaction is over. */
    void lock() throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute("select pg_advisory_xact_lock(" + LOCK + ")");
        }
    }

    /** @param table {@code trunks} or {@code organisations} */
    Optional<String> idOf(String table, String name) throws SQLException {
        try (PreparedStatement statement =
                connection.prepareStatement("select id from " + table + " where name = ?")) {
            statement.setString(1, name);
            try (ResultSet row = statement.executeQuery()) {
                return row.next() ? Optional.of(row.getString(1)) : Optional.empty();
            }
        }
    }

    @FunctionalInterface
    interface Filling {
        Parameters fill(Parameters parameters) throws SQLException;
    }

    Change run(String upsert, Filling filling) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(upsert)) {
            filling.fill(new Parameters(connection, statement));
            try (ResultSet row = statement.executeQuery()) {
                if (!row.next()) {
                    return Change.UNCHANGED;
                }
                // A row that was inserted has no deleting or locking transaction yet.
                return row.getBoolean(1) ? Change.CREATED : Change.UPDATED;
            }
        }
    }

    /** Sets parameters one after another. */
    static final class Parameters {
        private final Connection connection;
        private final PreparedStatement statement;
        private int next = 1;

        private Parameters(Connection connection, PreparedStatement statement) {
            this.connection = connection;
            this.statement = statement;
        }

        Parameters text(String value) throws SQLException {
            statement.setString(next++, value);
            return this;
        }

        Parameters text(Optional<String> value) throws SQLException {
            statement.setString(next++, value.orElse(null));
            return this;
        }

        Parameters texts(List<String> values) throws SQLException {
            statement.setArray(next++, connection.createArrayOf("text", values.toArray()));
            return this;
        }

        Parameters bool(boolean value) throws SQLException {
            statement.setBoolean(next++, value);
            return this;
        }

        Parameters integer(int value) throws SQLException {
            statement.setInt(next++, value);
            return this;
        }

        Parameters integer(OptionalInt value) throws SQLException {
            if (value.isPresent()) {
                return integer(value.getAsInt());
            }
            statement.setNull(next++, Types.INTEGER);
            return this;
        }

        /** Two parameters: calls and window. */
        Parameters rate(Optional<CallRate> rate) throws SQLException {
            integer(rate.map(CallRate::calls).map(OptionalInt::of).orElse(OptionalInt.empty()));
            return integer(rate.map(CallRate::windowSeconds).map(OptionalInt::of).orElse(OptionalInt.empty()));
        }
    }
}
