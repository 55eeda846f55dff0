package dev.trunkline.router.snapshot;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Optional;
import javax.sql.DataSource;
import org.jboss.logging.Logger;
import org.postgresql.PGConnection;

/**
 * Is notified by Postgres when a change of the directory was committed. The interval makes up for missed notifications,
 * for example when the connection broke. For one thread.
 */
public final class ChangeListener implements AutoCloseable {
    private static final Logger LOG = Logger.getLogger(ChangeListener.class);
    /** Reading a socket cannot be interrupted, so closing waits at most this long. */
    private static final Duration SLICE = Duration.ofMillis(500);

    private final DataSource postgres;
    private Optional<Connection> listening = Optional.empty();

    public ChangeListener(DataSource postgres) {
        this.postgres = postgres;
    }

    /** Returns after a change, or after at most {@code atMost} plus half a second. */
    void await(Duration atMost) throws InterruptedException {
        try {
            PGConnection connection = listen().unwrap(PGConnection.class);
            long end = System.nanoTime() + atMost.toNanos();
            long left = atMost.toMillis();
            while (left > 0 && !Thread.currentThread().isInterrupted()) {
                if (connection.getNotifications((int) Math.min(left, SLICE.toMillis())).length > 0) {
                    return;
                }
                left = Duration.ofNanos(end - System.nanoTime()).toMillis();
            }
        } catch (SQLException e) {
            LOG.debugf("listening for changes failed: %s", e.getMessage());
            close();
            Thread.sleep(atMost);
        }
    }

    private Connection listen() throws SQLException {
        if (listening.isEmpty()) {
            Connection connection = postgres.getConnection();
            listening = Optional.of(connection);
            try (Statement statement = connection.createStatement()) {
                statement.execute("listen trunkline_directory");
            }
        }
        return listening.get();
    }

    @Override
    public void close() {
        Optional<Connection> connection = listening;
        listening = Optional.empty();
        if (connection.isEmpty()) {
            return;
        }
        try (Connection left = connection.get();
                Statement statement = left.createStatement()) {
            statement.execute("unlisten *");
        } catch (SQLException e) {
            LOG.debugf("the listening connection was lost: %s", e.getMessage());
        }
    }
}
