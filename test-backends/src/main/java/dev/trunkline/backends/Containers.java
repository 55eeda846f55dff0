package dev.trunkline.backends;

import dev.trunkline.local.LiveKitBinary;
import dev.trunkline.local.LiveKitServer.LiveKitSettings;
import dev.trunkline.local.PostgresLogins;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;
import org.apache.kafka.common.utils.AppInfoParser;
import org.testcontainers.containers.GenericContainer;
import org.testcontainers.containers.wait.strategy.Wait;
import org.testcontainers.kafka.KafkaContainer;
import org.testcontainers.postgresql.PostgreSQLContainer;

/** Defines the containers, each on fixed loopback ports, so that it has the same address after a restart. Starts nothing. */
final class Containers {
    static final String KAFKA = "apache/kafka:" + AppInfoParser.getVersion();
    static final String REDIS = "redis:7.2-alpine";
    /** The version of the embedded Postgres. */
    static final String POSTGRES = "postgres:14-alpine";
    static final String LIVEKIT = "livekit/livekit-server:" + LiveKitBinary.VERSION;

    private static final Duration START_PATIENCE = Duration.ofMinutes(2);

    private Containers() {}

    private static <C extends GenericContainer<C>> C onLoopback(C container, List<String> ports) {
        container.setPortBindings(ports);
        return container.withStartupTimeout(START_PATIENCE);
    }

    private static String tcp(int port, int inside) {
        return "127.0.0.1:%d:%d".formatted(port, inside);
    }

    static GenericContainer<?> kafka(int port) {
        // The same settings as the embedded broker, where they change what a client sees.
        return onLoopback(
                new KafkaContainer(KAFKA)
                        .withEnv("KAFKA_AUTO_CREATE_TOPICS_ENABLE", "false")
                        .withEnv("KAFKA_OFFSETS_TOPIC_NUM_PARTITIONS", "1")
                        .withEnv("KAFKA_SHARE_COORDINATOR_STATE_TOPIC_REPLICATION_FACTOR", "1")
                        .withEnv("KAFKA_SHARE_COORDINATOR_STATE_TOPIC_MIN_ISR", "1")
                        .withEnv("KAFKA_GROUP_INITIAL_REBALANCE_DELAY_MS", "0"),
                List.of(tcp(port, 9092)));
    }

    /** The password is in the container's arguments, which is acceptable because a test made it. */
    static GenericContainer<?> redis(int port, String password) {
        return onLoopback(new Generic(REDIS), List.of(tcp(port, 6379)))
                .withExposedPorts(6379)
                .withCommand("redis-server", "--requirepass", password, "--save", "", "--appendonly", "no");
    }

    static GenericContainer<?> postgres(int port, PostgresLogins logins) {
        return onLoopback(
                new PostgreSQLContainer(POSTGRES)
                        .withDatabaseName("postgres")
                        .withUsername(logins.administrator().user())
                        .withPassword(logins.administrator().password()),
                List.of(tcp(port, 5432)));
    }

    static GenericContainer<?> liveKit(LiveKitSettings settings) {
        if (settings.redis().isPresent()) {
            // Its Redis listens only on this machine's loopback, so the container has to be in the host's network too.
            return new Generic(LIVEKIT)
                    .withNetworkMode("host")
                    .withEnv("LIVEKIT_CONFIG", liveKitConfiguration(settings))
                    .withStartupTimeout(START_PATIENCE);
        }
        int media = settings.port() + 2;
        return onLoopback(
                        new Generic(LIVEKIT), List.of(tcp(settings.port(), settings.port()), tcp(media, media) + "/udp"))
                .withExposedPorts(settings.port())
                .withEnv("LIVEKIT_CONFIG", liveKitConfiguration(settings))
                .waitingFor(Wait.forHttp("/").forPort(settings.port()));
    }

    /** The server listens on all addresses of the container, and gives clients the address that leads there from outside. */
    static String liveKitConfiguration(LiveKitSettings settings) {
        String codecs = settings.enabledCodecs().isEmpty()
                ? ""
                : settings.enabledCodecs().stream()
                        .map(mime -> "    - mime: " + mime + "\n")
                        .collect(Collectors.joining("", "room:\n  enabled_codecs:\n", ""));
        return """
                port: %d
                rtc:
                  tcp_port: 0
                  udp_port: %d
                  node_ip: 127.0.0.1
                  use_external_ip: false
                keys:
                  %s: %s
                logging:
                  level: info
                """.formatted(settings.port(), settings.port() + 2, settings.apiKey(), settings.apiSecret()) + codecs
                + settings.redis().map(URI::create).map(redis -> "redis:\n  address: %s:%d\n  password: %s\n".formatted(
                        redis.getHost(), redis.getPort(), redis.getUserInfo().replaceFirst("^[^:]*:", ""))).orElse("");
    }

    /** A {@link GenericContainer} whose self type can be named. */
    private static final class Generic extends GenericContainer<Generic> {
        private Generic(String image) {
            super(image);
        }
    }
}
