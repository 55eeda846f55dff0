package dev.trunkline.console.store;

import java.sql.Connection;
import java.sql.SQLException;
import javax.sql.DataSource;

/** The console's own database. Thread-safe. */
public final class Database {
    private final DataSource source;

    public Database(DataSource source) {
        this.source = source;
    }

    /** Work to be done on a connection. */
    @FunctionalInterface
    public interface Work<T> {
        T on(Connection connection) throws SQLException;
    }

    /** Runs the work with each statement in its own transaction. */
    public <T> T with(Work<T> work) throws SQLException {
        try (Connection connection = source.getConnection()) {
            return work.on(connection);
        }
    }

    /** Runs the work in one transaction. */
    public <T> T together(Work<T> work) throws SQLException {
        try (Connection connection = source.getConnection()) {
            connection.setAutoCommit(false);
            try {
                T result = work.on(connection);
                connection.commit();
                return result;
            } catch (Throwable fault) {
                rollback(connection, fault);
                throw fault;
            } finally {
                connection.setAutoCommit(true);
            }
        }
    }

    private static void rollback(Connection connection, Throwable fault) {
        try {
            connection.rollback();
        } catch (SQLException e) {
            fault.addSuppressed(e);
        }
    }

    /** Whether the database answers now. */
    public boolean answers() {
        try {
            return with(connection -> connection.isValid(1));
        } catch (SQLException e) {
            return false;
        }
    }
}
