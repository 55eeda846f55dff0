package dev.trunkline.local.guard;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trunkline.bus.CallEventPublisher;
import dev.trunkline.bus.KafkaAddress;
import dev.trunkline.bus.TopicSetup;
import dev.trunkline.cli.Shell;
import dev.trunkline.events.CallHeld;
import dev.trunkline.events.CallId;
import dev.trunkline.events.Envelope;
import dev.trunkline.events.codec.Envelopes;
import dev.trunkline.local.KafkaBroker;
import dev.trunkline.local.Ports;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.acl.AclBindingFilter;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The broker of the launcher with users and rights, in a folder where one without was before. */
class GuardedBrokerTest {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    @TempDir
    static Path folder;

    private static KafkaRights rights;
    private static KafkaGuard guard;
    private static KafkaBroker broker;

    @TempDir
    Path here;

    @BeforeAll
    static void start() throws Exception {
        rights = KafkaRights.of(Path.of("../.."));
        try (KafkaBroker open = KafkaBroker.start(folder.resolve("kafka"), Ports.free())) {
            TopicSetup.ensure(KafkaAddress.of(open.bootstrapServers()), 3, (short) 1);
        }
        guard = KafkaGuard.loadOrMake(folder.resolve("guard"), rights.users(), new SecureRandom());
        broker = KafkaBroker.guarded(folder.resolve("kafka"), Ports.free(), KafkaGuard.load(guard.folder()));
        Grants.apply(guard.adminAddress(broker.bootstrapServers()), guard, rights);
    }

    @AfterAll
    static void stop() {
        if (broker != null) {
            broker.close();
        }
    }

    private static KafkaAddress as(String user) throws Exception {
        return guard.address(broker.bootstrapServers(), user);
    }

    private static CallEventPublisher publishing(String user) throws Exception {
        return new CallEventPublisher(as(user), user + "-test");
    }

    private static Envelope event(CallId call) {
        return new Envelopes("/test/test", Clock.systemUTC(), UUID::randomUUID).first(new CallHeld(call), Envelope.Owners.NONE);
    }

    @Test
    void aServiceWritesWhatItMayAndTheOperatorDoesNot() throws Exception {
        var call = new CallId(UUID.randomUUID());
        try (CallEventPublisher edge = publishing("sip-edge"); CallEventPublisher operator = publishing(KafkaGuard.OPERATOR)) {
            assertThat(edge.publish(event(call))).succeedsWithin(PATIENCE);
            operator.publish(event(call));
            long end = System.nanoTime() + PATIENCE.toNanos();
            while (operator.stuck().isEmpty() && System.nanoTime() < end) {
                Thread.sleep(50);
            }
            assertThat(operator.stuck()).hasValueSatisfying(
                    why -> assertThat(why).contains("no right to WRITE topic call-events", "docs/kafka.md"));
        }
    }

    @Test
    void grantingAgainChangesNothingAndTakesAwayWhatIsNotInTheTable() throws Exception {
        KafkaAddress kafka = guard.adminAddress(broker.bootstrapServers());
        try (Admin admin = Admin.create(kafka.adminProperties("test"))) {
            admin.createAcls(KafkaRights.parse("| `sip-edge` | topic | `live-calls` | Write |").bindings()).all().get();
            Grants.apply(kafka, guard, rights);
            assertThat(admin.describeAcls(AclBindingFilter.ANY).values().get())
                    .containsExactlyInAnyOrderElementsOf(rights.bindings());
        }
    }

    @Test
    void theCommandsReadAsWhoTheEnvironmentNames() throws Exception {
        Shell shell = new Shell(here);
        guard.environment(KafkaGuard.OPERATOR).forEach(shell::with);
        assertThat(shell.run("calls", "--kafka", broker.bootstrapServers())).as(shell.err()).isZero();
        shell.with("TRUNKLINE_KAFKA", broker.bootstrapServers());
        assertThat(shell.run("calls", "--live")).as(shell.err()).isZero();

        guard.environment("rate-limiter").forEach(shell::with);
        assertThat(shell.run("trace", UUID.randomUUID().toString())).isEqualTo(1);
        assertThat(shell.err()).contains("no right to READ topic call-commands").doesNotContain("Exception");

        shell.with("TRUNKLINE_KAFKA_TLS", "false");
        assertThat(shell.run("calls")).isEqualTo(2);
        assertThat(shell.err()).contains("TRUNKLINE_KAFKA_TRUST needs TRUNKLINE_KAFKA_TLS=true");
    }

    @Test
    void whatIsKeptIsForItsOwnerAlone() throws Exception {
        try (Stream<Path> files = Files.walk(guard.folder())) {
            List<Path> all = files.toList();
            assertThat(all).hasSizeGreaterThan(4).allSatisfy(file -> assertThat(
                    PosixFilePermissions.toString(Files.getPosixFilePermissions(file))).endsWith("------"));
        }
    }

    @Test
    void passwordsStayOverStarts() throws Exception {
        KafkaGuard again = KafkaGuard.loadOrMake(guard.folder(), rights.users(), new SecureRandom());
        assertThat(again.environment("sip-edge")).isEqualTo(guard.environment("sip-edge"));
    }
}
