package dev.trunkline.backends;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trunkline.backends.Backend.Pausable;
import dev.trunkline.local.LiveKitServer.LiveKitSettings;
import dev.trunkline.local.Passwords;
import dev.trunkline.local.Ports;
import dev.trunkline.local.PostgresLogins;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.junit.jupiter.api.Test;

/** What tests do to their servers, with the embedded ones: each stops, restarts at the same address, and can be frozen. */
class EmbeddedBackendsTest {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final Backends backends = new EmbeddedBackends();

    private static void await(String what, BooleanSupplier condition) throws InterruptedException {
        long until = System.nanoTime() + PATIENCE.toNanos();
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime() - until).as(what).isNegative();
            Thread.sleep(20);
        }
    }

    private static void goesAndComesBack(Backend backend, BooleanSupplier answers) throws Exception {
        assertThat(answers.getAsBoolean()).as("it answers when it is made").isTrue();
        backend.stop();
        assertThat(answers.getAsBoolean()).as("it is away").isFalse();
        backend.start();
        assertThat(answers.getAsBoolean()).as("it is back").isTrue();
    }

    private static void standsStill(Pausable backend, BooleanSupplier answers) throws Exception {
        backend.pause();
        await("nothing answers any more", () -> !answers.getAsBoolean());
        backend.resume();
        await("it goes on", answers);
        backend.pause();
        backend.close();
        assertThat(answers.getAsBoolean()).as("one that stands still is closed too").isFalse();
    }

    @Test
    void kafkaInThisJvmComesBackWithItsTopics() throws Exception {
        try (Backend kafka = backends.kafka(Ports.free())) {
            try (Admin admin = Admin.create(Map.of("bootstrap.servers", kafka.address()))) {
                admin.createTopics(List.of(new NewTopic("kept", 1, (short) 1))).all().get();
            }
            goesAndComesBack(kafka, () -> Probes.kafka(kafka.address()));
            try (Admin admin = Admin.create(Map.of("bootstrap.servers", kafka.address()))) {
                assertThat(admin.listTopics().names().get()).contains("kept");
            }
        }
    }

    @Test
    void kafkaOutsideOfThisJvmCanStandStill() throws Exception {
        try (Pausable kafka = backends.kafkaProcess(Ports.free())) {
            goesAndComesBack(kafka, () -> Probes.kafka(kafka.address()));
            standsStill(kafka, () -> Probes.kafka(kafka.address()));
        }
    }

    @Test
    void redisComesBackWithItsPassword() throws Exception {
        int port = Ports.free();
        String password = Passwords.make(new SecureRandom());
        try (Pausable redis = backends.redis(port, password)) {
            assertThat(redis.address()).isEqualTo("redis://:" + password + "@127.0.0.1:" + port);
            goesAndComesBack(redis, () -> Probes.redis(port, password));
            assertThat(Probes.redis(port, "x".repeat(20))).as("another password").isFalse();
            standsStill(redis, () -> Probes.redis(port, password));
        }
    }

    @Test
    void postgresComesBackWithItsLogins() throws Exception {
        PostgresLogins logins = PostgresLogins.make(new SecureRandom());
        try (Pausable postgres = backends.postgres(Ports.free(), logins)) {
            goesAndComesBack(postgres, () -> Probes.postgres(postgres.address(), logins.owner()));
            standsStill(postgres, () -> Probes.postgres(postgres.address(), logins.owner()));
        }
    }

    @Test
    void liveKitComesBack() throws Exception {
        var settings = new LiveKitSettings(Ports.free(), "key", Passwords.make(new SecureRandom()));
        try (Pausable liveKit = backends.liveKit(settings)) {
            assertThat(liveKit.address()).isEqualTo("ws://127.0.0.1:" + settings.port());
            goesAndComesBack(liveKit, () -> Probes.liveKit(settings.port()));
            standsStill(liveKit, () -> Probes.liveKit(settings.port()));
        }
    }
}
