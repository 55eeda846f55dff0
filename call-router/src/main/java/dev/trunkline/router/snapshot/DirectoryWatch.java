package dev.trunkline.router.snapshot;

import dev.trunkline.bus.ContainedFaults;
import dev.trunkline.bus.Rounds;
import java.time.Duration;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.jboss.logging.Logger;

/**
 * Migrates Postgres as soon as it answers, then keeps the directory up to date.
 *
 * <pre>
 *   migrating --schema is there--> watching (asks for the version at each notification of a change,
 *       |                                    and at each interval)
 *       \-- Postgres down: again after the interval
 * </pre>
 */
public final class DirectoryWatch implements AutoCloseable {
    private static final Logger LOG = Logger.getLogger(DirectoryWatch.class);

    private final Flyway flyway;
    private final CurrentDirectory directory;
    private final ChangeListener changes;
    private final Duration interval;
    private final Rounds rounds;
    /** Used by the rounds only. */
    private boolean migrated;

    /** @param interval at which it asks even without a notification */
    public DirectoryWatch(
            Flyway flyway,
            CurrentDirectory directory,
            ChangeListener changes,
            Duration interval,
            ContainedFaults faults) {
        this.flyway = flyway;
        this.directory = directory;
        this.changes = changes;
        this.interval = interval;
        this.rounds = new Rounds("directory-watch", this::round, faults);
    }

    public void start() {
        rounds.start();
    }

    /** Returns whether the watch is still running. */
    public boolean alive() {
        return rounds.alive();
    }

    private Duration round() throws InterruptedException {
        migrated = migrated || migrate();
        if (migrated) {
            refresh();
        }
        changes.await(interval);
        return Duration.ZERO;
    }

    private boolean migrate() {
        try {
            int applied = flyway.migrate().migrationsExecuted;
            LOG.infof("Postgres has the schema (%d migrations applied now)", applied);
            return true;
        } catch (FlywayException e) {
            directory.away(e);
            return false;
        }
    }

    private void refresh() {
        try {
            directory.refresh();
        } catch (RuntimeException e) {
            // A row that this version cannot read must not end the watch: the directory in memory stays.
            LOG.errorf("the directory in Postgres cannot be read: %s", e.toString());
        }
    }

    @Override
    public void close() {
        rounds.close();
        changes.close();
    }
}
