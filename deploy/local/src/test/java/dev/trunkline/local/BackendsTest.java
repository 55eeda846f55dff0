package dev.trunkline.local;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trunkline.events.Topics;
import dev.trunkline.bus.KafkaAddress;
import dev.trunkline.bus.TopicSetup;
import dev.trunkline.local.LiveKitServer.LiveKitSettings;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Each of the real stores starts, answers, stops, and starts again with what it had. */
class BackendsTest {
    @TempDir
    Path folder;

    @Test
    void kafkaKeepsItsTopics() throws Exception {
        int port = Ports.free();
        for (int start = 0; start < 2; start++) {
            try (KafkaBroker broker = KafkaBroker.start(folder.resolve("kafka"), port)) {
                KafkaAddress address = KafkaAddress.of(broker.bootstrapServers());
                if (start == 0) {
                    TopicSetup.ensure(address, 3, (short) 1);
                }
                try (Admin admin = Admin.create(Map.of("bootstrap.servers", broker.bootstrapServers()))) {
                    assertThat(admin.listTopics().names().get())
                            .contains(Topics.EVENTS, Topics.COMMANDS, Topics.TRUNKS, Topics.RELAYS, Topics.DEAD_LETTERS);
                }
            }
        }
    }

    @Test
    void postgresKeepsItsTables() throws Exception {
        for (String statement : List.of("create table kept (x int)", "select * from kept")) {
            try (PostgresServer server = PostgresServer.start(folder.resolve("postgres"), Ports.free());
                    Connection connection = DriverManager.getConnection(server.jdbcUrl(), server.user(), "postgres")) {
                connection.createStatement().execute(statement);
            }
        }
    }

    @Test
    void redisListensOnLoopback() throws Exception {
        int port = Ports.free();
        try (RedisServer server = RedisServer.start(port)) {
            assertThat(server.url()).isEqualTo("redis://127.0.0.1:" + port);
            assertThat(Ports.isFreeTcp("127.0.0.1", port)).isFalse();
        }
        assertThat(Ports.isFreeTcp("127.0.0.1", port)).isTrue();
    }

    @Test
    void liveKitAnswersOnceStarted() throws Exception {
        LiveKitSettings settings = new LiveKitSettings(Ports.free(), "devkey", "secret-of-thirty-two-characters!", List.of("audio/opus"));
        try (LiveKitServer server = LiveKitServer.start(LiveKitBinary.find(line -> {}), folder.resolve("livekit"), settings)) {
            assertThat(Ports.isFreeTcp("127.0.0.1", settings.port())).isFalse();
            assertThat(server.settings().url()).hasPort(settings.port());
        }
        assertThat(Ports.isFreeTcp("127.0.0.1", settings.port())).isTrue();
    }
}
