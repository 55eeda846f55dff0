package dev.trunkline.router.service;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trunkline.bus.ContainedFaults;
import dev.trunkline.events.CallRouted;
import dev.trunkline.events.InviteReceived;
import dev.trunkline.events.TraceStep;
import dev.trunkline.router.directory.Directory;
import dev.trunkline.router.metrics.RouterMetrics;
import dev.trunkline.router.snapshot.ChangeListener;
import dev.trunkline.router.snapshot.CurrentDirectory;
import dev.trunkline.router.snapshot.DirectoryReader;
import dev.trunkline.router.snapshot.DirectoryWatch;
import dev.trunkline.router.store.Transactions;
import dev.trunkline.router.webhook.http.TenantServer;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.Test;
import org.postgresql.ds.PGSimpleDataSource;

/** A change through one replica's API, seen by another replica and by a call that is being decided. */
@QuarkusTest
@QuarkusTestResource(RouterSurroundings.class)
class ReloadTest extends WholeService {
    private static final String FILE = """
            organisations: [{name: diner, config: {menu: %1$s}, numbers: [{phone_number: "+3225550500"}]}]
            trunks: [{name: demo, addresses: [127.0.0.1], country: BE}]
            rules: [{name: diner, organisation: diner, trunks: [demo], type: webhook, url: "http://127.0.0.1:%2$d/calls",
                agents: [{name: %1$s}]}]
            """;

    /** The other replica polls only once an hour; any earlier change reached it by notification. */
    @Test
    void anotherReplicaHearsOfWhatTheApiOfThisOneChanges() throws Exception {
        var postgres = new PGSimpleDataSource();
        postgres.setURL("jdbc:postgresql://127.0.0.1:" + RouterSurroundings.POSTGRES_PORT + "/postgres");
        postgres.setUser(RouterSurroundings.LOGINS.owner().user());
        postgres.setPassword(RouterSurroundings.LOGINS.owner().password());
        var other = new CurrentDirectory(
                new DirectoryReader(new Transactions(postgres)), new RouterMetrics(new SimpleMeterRegistry()), Clock.systemUTC());
        var watch = new DirectoryWatch(
                Flyway.configure().dataSource(postgres).load(), other, new ChangeListener(postgres), Duration.ofHours(1),
                ContainedFaults.logged());
        try (watch) {
            watch.start();
            other.loaded().toCompletableFuture().get(1, TimeUnit.MINUTES);
            Await.until(() -> listeners(postgres) == 2);

            apply("soup", 1);
            await(other, directory -> directory.organisations().values().stream()
                    .anyMatch(organisation -> organisation.config().path("menu").asText().equals("soup")));
            change(200, RouterSurroundings.ADMIN_TOKEN, "PATCH", "/numbers/+3225550500", "{\"label\": \"Counter\"}");
            await(other, directory -> directory.numbers().get("+3225550500").label().equals("Counter"));
            change(200, admin.tokenOf("diner"), "PATCH", "/numbers/+3225550500", "{\"active\": false}");
            await(other, directory -> !directory.numbers().get("+3225550500").active());
            change(200, RouterSurroundings.ADMIN_TOKEN, "POST", "/numbers/+3225550500/release", "");
            await(other, directory -> directory.numbers().isEmpty());
            change(204, RouterSurroundings.ADMIN_TOKEN, "DELETE", "/rules/diner", "");
            await(other, directory -> directory.rules().isEmpty());
        }
    }

    @Test
    void aDecisionThatWaitsForItsWebhookEndsByTheVersionThatItBeganWith() throws Exception {
        var asked = new CountDownLatch(1);
        var changed = new CountDownLatch(1);
        TenantServer.Behaviour patient = (request, socket) -> {
            asked.countDown();
            changed.await();
            TenantServer.json("{\"room\": \"diner-table\"}").answer(request, socket);
        };
        try (TenantServer tenant = TenantServer.start(patient);
                Suite suite = new Suite()) {
            apply("soup", tenant.port());
            InviteReceived invite = suite.invite("demo", "+3225550500", "+32470123456", Duration.ofMinutes(1));
            suite.publish(invite);
            assertThat(asked.await(1, TimeUnit.MINUTES)).isTrue();
            // The rule, configuration and agents are now different.
            apply("steak", tenant.port());
            changed.countDown();

            assertThat(suite.awaitAnswer(invite.callId()).record()).isInstanceOfSatisfying(CallRouted.class, began -> {
                assertThat(began.trace()).extracting(TraceStep::step).contains("webhook-answered");
                assertThat(began.room()).isEqualTo("diner-table");
                assertThat(began.config().get("menu").textValue()).isEqualTo("soup");
                assertThat(began.agents().getFirst().name()).isEqualTo("soup");
            });
            assertThat(suite.call("+3225550500", "+32470123456")).isInstanceOfSatisfying(CallRouted.class, next -> {
                assertThat(next.config().get("menu").textValue()).isEqualTo("steak");
                assertThat(next.agents().getFirst().name()).isEqualTo("steak");
            });
        }
    }

    private void change(int status, String token, String method, String path, String body) throws Exception {
        Admin.Answer answer = admin.call(token, method, path, body);
        assertThat(answer.status()).as(answer.body()).isEqualTo(status);
    }

    private void apply(String menu, int webhookPort) throws Exception {
        whole(FILE.formatted(menu, webhookPort));
    }

    private static void await(CurrentDirectory directory, Predicate<Directory> wish) throws InterruptedException {
        Await.until(() -> directory.get().filter(wish).isPresent());
    }

    private static int listeners(PGSimpleDataSource postgres) {
        try (var connection = postgres.getConnection();
                var statement = connection.createStatement();
                var row = statement.executeQuery("select count(*) from pg_stat_activity where query like 'listen%'")) {
            row.next();
            return row.getInt(1);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }
}
