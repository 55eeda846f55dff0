package dev.trunkline.backends;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trunkline.local.LiveKitServer.LiveKitSettings;
import dev.trunkline.local.PostgresLogins;
import java.security.SecureRandom;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.testcontainers.containers.GenericContainer;

/** What would be requested from an engine; no engine is needed. */
class ContainersTest {
    @Test
    void eachIsOnItsOwnPortOfLoopback() {
        var logins = PostgresLogins.make(new SecureRandom());
        assertThat(Containers.kafka(17_910).getPortBindings()).containsExactly("127.0.0.1:17910:9092/tcp");
        assertThat(Containers.redis(17_911, "a-password-of-tests").getPortBindings()).containsExactly("127.0.0.1:17911:6379/tcp");
        assertThat(Containers.postgres(17_912, logins).getPortBindings()).containsExactly("127.0.0.1:17912:5432/tcp");
    }

    @Test
    void liveKitHasThePortsInsideThatItHasOutsideForItTellsOfThem() {
        var settings = new LiveKitSettings(17_900, "key", "secret-of-the-tests-of-32-characters");
        GenericContainer<?> liveKit = Containers.liveKit(settings);
        assertThat(liveKit.getPortBindings()).containsExactlyInAnyOrder("127.0.0.1:17900:17900/tcp", "127.0.0.1:17902:17902/udp");
        assertThat(liveKit.getEnvMap().get("LIVEKIT_CONFIG")).contains(
                "port: 17900", "udp_port: 17902", "node_ip: 127.0.0.1", "key: secret-of-the-tests-of-32-characters");
    }

    @Test
    void liveKitEnablesTheCodecsThatAreAskedFor() {
        var settings = new LiveKitSettings(17_900, "key", "secret-of-the-tests-of-32-characters", List.of("audio/opus"));
        assertThat(Containers.liveKitConfiguration(settings)).endsWith("room:\n  enabled_codecs:\n    - mime: audio/opus\n");
    }

    @Test
    void liveKitFindsARedisOfThisMachine() {
        var settings = new LiveKitSettings(
                17_900, "key", "secret-of-the-tests-of-32-characters", List.of(), Optional.of("redis://:a-password-of-tests@127.0.0.1:17911"));
        GenericContainer<?> liveKit = Containers.liveKit(settings);
        assertThat(liveKit.getNetworkMode()).isEqualTo("host");
        assertThat(liveKit.getEnvMap().get("LIVEKIT_CONFIG")).endsWith("redis:\n  address: 127.0.0.1:17911\n  password: a-password-of-tests\n");
    }

    @Test
    void kafkaMakesNoTopicByItselfAndIsOfTheVersionOfOurClient() {
        assertThat(Containers.kafka(17_910).getEnvMap()).containsEntry("KAFKA_AUTO_CREATE_TOPICS_ENABLE", "false");
        assertThat(Containers.KAFKA).matches("apache/kafka:\\d+\\.\\d+\\.\\d+");
    }

    @Test
    void redisAsksForThePasswordAndKeepsNothing() {
        assertThat(Containers.redis(17_911, "a-password-of-tests").getCommandParts())
                .containsExactly("redis-server", "--requirepass", "a-password-of-tests", "--save", "", "--appendonly", "no");
    }
}
