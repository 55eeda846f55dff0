package dev.trunkline.router.snapshot;

import dev.trunkline.router.directory.Directory;
import dev.trunkline.router.metrics.RouterMetrics;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicReference;
import org.jboss.logging.Logger;

/**
 * The directory in memory. A refresh that fails keeps the current one, so calls continue while Postgres is down.
 * Thread-safe.
 */
public final class CurrentDirectory {
    private static final Logger LOG = Logger.getLogger(CurrentDirectory.class);

    private final DirectoryReader reader;
    private final RouterMetrics metrics;
    private final Clock clock;
    private final AtomicReference<Optional<Directory>> current = new AtomicReference<>(Optional.empty());
    private final AtomicReference<Optional<Instant>> awaySince = new AtomicReference<>(Optional.empty());
    private final CompletableFuture<Void> loaded = new CompletableFuture<>();

    public CurrentDirectory(DirectoryReader reader, RouterMetrics metrics, Clock clock) {
        this.reader = reader;
        this.metrics = metrics;
        this.clock = clock;
        metrics.watchDirectory(
                () -> get().map(Directory::version).orElse(0L),
                () -> get().map(directory -> directory.numbers().size()).orElse(0));
    }

    /** Returns the directory; empty until the first one was loaded. */
    public Optional<Directory> get() {
        return current.get();
    }

    /** Completes with the first directory. */
    public CompletionStage<Void> loaded() {
        return loaded.copy();
    }

    /** Returns since when Postgres does not answer; empty while it does. */
    public Optional<Instant> postgresAwaySince() {
        return awaySince.get();
    }

    /** Loads the directory if it has changed; if Postgres does not answer, {@link #postgresAwaySince} says so. */
    public synchronized void refresh() {
        try {
            long version = reader.version();
            if (get().map(Directory::version).filter(known -> known == version).isEmpty()) {
                load();
            }
            if (awaySince.getAndSet(Optional.empty()).isPresent()) {
                LOG.info("Postgres is back");
            }
        } catch (SQLException e) {
            away(e);
        }
    }

    /** Records that Postgres does not answer. */
    public void away(Exception cause) {
        metrics.reloadFailed();
        if (awaySince.compareAndSet(Optional.empty(), Optional.of(clock.instant()))) {
            LOG.errorf("Postgres does not answer; calls continue with directory version %s: %s",
                    get().map(directory -> Long.toString(directory.version())).orElse("none yet"), firstLine(cause));
        }
    }

    /** Returns the first line, because Flyway's messages are half a page long. */
    private static String firstLine(Exception cause) {
        return cause.toString().lines().findFirst().orElse("unknown");
    }

    private void load() throws SQLException {
        Directory directory = reader.read();
        current.set(Optional.of(directory));
        metrics.reloaded();
        LOG.infof("directory version %d: %d organisations, %d numbers, %d trunks, %d rules",
                directory.version(), directory.organisations().size(), directory.numbers().size(),
                directory.trunks().size(), directory.rules().size());
        loaded.complete(null);
    }
}
