package dev.trunkline.router.store;

import java.sql.Connection;
import java.sql.SQLException;
import javax.sql.DataSource;

/** Runs work in one transaction of Postgres: it is committed when the work returns, and undone when it throws. */
public final class Transactions {

    /** @param <E> what the work throws besides */
    @FunctionalInterface
    public interface Work<T, E extends Exception> {
        T in(Connection connection) throws SQLException, E;
    }

    private final DataSource postgres;

    public Transactions(DataSource postgres) {
        this.postgres = postgres;
    }

    public <T, E extends Exception> T run(Work<T, E> work) throws SQLException, E {
        try (Connection connection = postgres.getConnection()) {
            connection.setAutoCommit(false);
            T result;
            try {
                result = work.in(connection);
                connection.commit();
            } catch (Throwable failure) {
                undo(connection, failure);
                throw failure;
            }
            connection.setAutoCommit(true);
            return result;
        }
    }

    private static void undo(Connection connection, Throwable failure) {
        try {
            connection.rollback();
            connection.setAutoCommit(true);
        } catch (SQLException e) {
            // The connection is gone, and the transaction with it; what made it fail is the better story.
            failure.addSuppressed(e);
        }
    }
}
