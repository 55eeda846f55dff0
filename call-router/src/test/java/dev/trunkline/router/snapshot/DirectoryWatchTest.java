package dev.trunkline.router.snapshot;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trunkline.bus.ContainedFaults;
import dev.trunkline.router.directory.Directory;
import dev.trunkline.router.metrics.RouterMetrics;
import dev.trunkline.router.store.FreshDatabase;
import dev.trunkline.router.store.Transactions;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.lang.reflect.Proxy;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Replicas of the router, each with the directory in memory, on one Postgres. */
class DirectoryWatchTest {
    /** Longer than any test waits: anything that arrives earlier came by notification, not by polling. */
    private static final Duration NEVER = Duration.ofHours(1);

    @RegisterExtension
    private static final FreshDatabase DATABASE = new FreshDatabase();

    private final Transactions transactions = new Transactions(DATABASE.owner());
    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private final List<DirectoryWatch> watches = new ArrayList<>();

    @AfterEach
    void close() {
        watches.forEach(DirectoryWatch::close);
    }

    @Test
    void everyReplicaHearsOfAChange() throws Exception {
        CurrentDirectory one = replica(NEVER);
        CurrentDirectory other = replica(NEVER);
        awaitListeners(2);

        execute("insert into organisations (name) values ('bakery')");

        for (CurrentDirectory replica : List.of(one, other)) {
            await(replica, directory -> directory.organisations().values().stream()
                    .anyMatch(organisation -> organisation.name().equals("bakery")));
        }
    }

    @Test
    void everyKindOfItemIsHeardOf() throws Exception {
        CurrentDirectory replica = replica(NEVER);
        awaitListeners(1);
        long version = version(replica);

        for (String change : List.of(
                "insert into organisations (name) values ('florist')",
                "insert into agent_instances (organisation_id, name) select id, 'till' from organisations"
                        + " where name = 'florist'",
                "insert into numbers (phone_number, organisation_id) select '+3225550100', id from organisations"
                        + " where name = 'florist'",
                "update numbers set label = 'x'",
                "update agent_instances set config = '{\"a\": 1}'",
                "insert into trunks (name, addresses) values ('pbx', '{203.0.113.7/32}')",
                "insert into rules (name, wildcard, definition) values ('r', true, '{\"type\": \"direct\","
                        + " \"room_name\": \"lobby\", \"agents\": [], \"answer_policy\": \"on-agent\","
                        + " \"patience_seconds\": 3}')",
                "delete from rules",
                "delete from numbers; delete from agent_instances; delete from trunks")) {
            execute(change);
            long before = version;
            await(replica, directory -> directory.version() == before + 1);
            version++;
        }
    }

    @Test
    void whatChangesNothingIsNoChange() throws Exception {
        CurrentDirectory replica = replica(NEVER);
        long version = version(replica);

        execute("update organisations set name = 'nobody' where name = 'not there'");

        assertThat(new DirectoryReader(transactions).version()).isEqualTo(version);
    }

    @Test
    void aReplicaThatCannotListenAsks() throws Exception {
        CurrentDirectory replica = replica(Duration.ofMillis(100));
        awaitListeners(1);
        // Committed without a notification.
        DATABASE.asAdministrator(
                "set session_replication_role = replica; insert into organisations (name) values ('silent');"
                        + " update directory_version set version = version + 1");

        await(replica, directory -> directory.organisations().values().stream()
                .anyMatch(organisation -> organisation.name().equals("silent")));
    }

    @Test
    void aReplicaWhoseConnectionBreaksListensAgain() throws Exception {
        CurrentDirectory replica = replica(Duration.ofMillis(100));
        awaitListeners(1);

        DATABASE.asAdministrator("select pg_terminate_backend(pid) from pg_stat_activity"
                + " where query like 'listen%' and datname = current_database()");
        awaitListeners(1);
        execute("insert into organisations (name) values ('late')");

        await(replica, directory -> directory.organisations().values().stream()
                .anyMatch(organisation -> organisation.name().equals("late")));
    }

    @Test
    void anErrorInOneRoundEndsNeitherTheWatchNorWhatItLearns() throws Exception {
        var faults = new AtomicInteger(2);
        DataSource unlucky = (DataSource) Proxy.newProxyInstance(
                getClass().getClassLoader(), new Class<?>[] {DataSource.class}, (proxy, method, arguments) -> {
                    if (faults.getAndDecrement() > 0) {
                        throw new StackOverflowError("on purpose");
                    }
                    return method.invoke(DATABASE.owner(), arguments);
                });
        CurrentDirectory replica = replica(Duration.ofMillis(100), new Transactions(unlucky));
        assertThat(replica.get()).isPresent();
        assertThat(watches.getLast().alive()).isTrue();
        assertThat(registry.get("trunkline.contained.faults").tag("where", "directory-watch").counter().count()).isEqualTo(2);
    }

    private CurrentDirectory replica(Duration interval) throws Exception {
        return replica(interval, transactions);
    }

    private CurrentDirectory replica(Duration interval, Transactions transactions) throws Exception {
        var directory = new CurrentDirectory(
                new DirectoryReader(transactions), new RouterMetrics(new SimpleMeterRegistry()), Clock.systemUTC());
        var watch = new DirectoryWatch(
                Flyway.configure().dataSource(DATABASE.owner()).load(), directory,
                new ChangeListener(DATABASE.owner()), interval, new ContainedFaults(registry));
        watches.add(watch);
        watch.start();
        directory.loaded().toCompletableFuture().get(1, TimeUnit.MINUTES);
        return directory;
    }

    private void execute(String sql) throws SQLException {
        transactions.asOwner(connection -> {
            try (Statement statement = connection.createStatement()) {
                return statement.execute(sql);
            }
        });
    }

    private void awaitListeners(int count) throws Exception {
        until(() -> transactions.<Boolean, SQLException>asOwner(connection -> {
            try (Statement statement = connection.createStatement();
                    var row = statement.executeQuery("select count(*) from pg_stat_activity"
                            + " where query like 'listen%' and datname = current_database()")) {
                row.next();
                return row.getInt(1) == count;
            }
        }));
    }

    private static long version(CurrentDirectory directory) {
        return directory.get().orElseThrow().version();
    }

    private static void await(CurrentDirectory directory, Predicate<Directory> wish) throws Exception {
        until(() -> directory.get().filter(wish).isPresent());
    }

    @FunctionalInterface
    private interface Wish {
        boolean fulfilled() throws Exception;
    }

    private static void until(Wish wish) throws Exception {
        long end = System.nanoTime() + Duration.ofMinutes(1).toNanos();
        while (!wish.fulfilled()) {
            assertThat(System.nanoTime()).as("a minute is over").isLessThan(end);
            Thread.sleep(20);
        }
    }
}
