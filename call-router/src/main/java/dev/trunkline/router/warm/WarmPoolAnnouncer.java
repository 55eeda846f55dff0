package dev.trunkline.router.warm;

import dev.trunkline.bus.ContainedFaults;
import dev.trunkline.bus.Rounds;
import dev.trunkline.events.WarmRooms;
import dev.trunkline.router.directory.Directory;
import dev.trunkline.router.metrics.RouterMetrics;
import dev.trunkline.router.snapshot.CurrentDirectory;
import dev.trunkline.router.snapshot.DirectoryReader;
import dev.trunkline.router.store.Transactions;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.jboss.logging.Logger;

/**
 * Keeps the topic of warm rooms in line with the rules in Postgres. Whenever the directory has changed, and once at
 * start, one replica at a time reads both and writes the differences. A crash in between therefore loses nothing, and
 * what an older replica wrote never overrides what a newer one knows.
 */
public final class WarmPoolAnnouncer implements AutoCloseable {
    private static final Logger LOG = Logger.getLogger(WarmPoolAnnouncer.class);
    /** Key of the advisory lock that lets one replica write at a time. */
    private static final long LOCK = 0x7761726D706F6FL;
    private static final Duration BEFORE_NEXT_TRY = Duration.ofSeconds(1);

    private final Transactions transactions;
    private final CurrentDirectory directory;
    private final WarmPoolTopic topic;
    private final RouterMetrics metrics;
    private final Duration interval;
    private final Rounds rounds;
    /** This field and the next are used by the rounds only. */
    private OptionalLong announced = OptionalLong.empty();
    private boolean failing;

    /** @param interval between two checks whether the directory has changed */
    public WarmPoolAnnouncer(
            Transactions transactions,
            CurrentDirectory directory,
            WarmPoolTopic topic,
            RouterMetrics metrics,
            Duration interval,
            ContainedFaults faults) {
        this.transactions = transactions;
        this.directory = directory;
        this.topic = topic;
        this.metrics = metrics;
        this.interval = interval;
        this.rounds = new Rounds("warm-pool-announcer", this::round, faults);
    }

    /** Starts the rounds; to be called once the schema exists. */
    public void start() {
        topic.start();
        rounds.start();
    }

    /** Returns whether the rounds that publish the rules' wishes are still running. */
    public boolean alive() {
        return rounds.alive();
    }

    @Override
    public void close() {
        rounds.close();
        topic.close();
    }

    private Duration round() throws InterruptedException {
        try {
            OptionalLong version = directory.get().map(Directory::version).map(OptionalLong::of).orElse(OptionalLong.empty());
            if (!version.equals(announced) && transactions.<Boolean, Exception>asOwner(this::announce)) {
                announced = version;
            }
            failing = false;
            return interval;
        } catch (InterruptedException e) {
            throw e;
        } catch (Exception e) {
            metrics.warmRoomsFailed();
            if (!failing) {
                LOG.errorf("warm rooms are not announced until Postgres and Kafka answer: %s", e.toString());
            }
            failing = true;
            return BEFORE_NEXT_TRY;
        }
    }

    /** @return false if another replica is doing it */
    private boolean announce(Connection connection) throws Exception {
        if (!locked(connection)) {
            return false;
        }
        Map<String, WarmRooms> wanted = WantedRooms.of(DirectoryReader.rules(connection));
        Map<String, Optional<WarmRooms>> changes = WantedRooms.changes(wanted, topic.read());
        topic.say(changes);
        changes.forEach((rule, rooms) -> LOG.infof("rule=%s %s", rule, rooms
                .map(some -> "agents are to wait in %d rooms".formatted(some.count()))
                .orElse("no agents are to wait any more")));
        return true;
    }

    private static boolean locked(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("select pg_try_advisory_xact_lock(" + LOCK + ")")) {
            row.next();
            return row.getBoolean(1);
        }
    }
}
