package dev.trunkline.system.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trunkline.local.PostgresLogins;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ReplicaSettingsTest {
    private final ReplicaSettings settings = new ReplicaSettings(
            "198.51.100.1:9092", "redis://:secret@127.0.0.1:6379", "jdbc:postgresql://127.0.0.1:5432/postgres",
            PostgresLogins.make(new SecureRandom()), "ws://198.51.100.1:7880", Map.of("TRUNKLINE_SEAL_KEY", "key"), Path.of("target"));

    @Test
    void noTwoReplicasShareANameAPortOrAFolder() {
        for (String variable : List.of("TRUNKLINE_INSTANCE", "QUARKUS_HTTP_PORT", "QUARKUS_VERTX_CACHE_DIRECTORY")) {
            Set<String> values = new HashSet<>();
            for (String service : ReplicaSettings.SERVICES) {
                for (int number = 1; number <= 2; number++) {
                    assertThat(values.add(settings.of(service, number, "198.51.100.1").get(variable))).as(variable + " of " + service).isTrue();
                }
            }
        }
    }

    @Test
    void aReplicaListensOnItsHostAndKnowsOnlyTheStoresThatItNeeds() {
        assertThat(settings.of("sip-edge", 2, "198.51.100.12"))
                .containsEntry("TRUNKLINE_BIND", "198.51.100.12")
                .containsEntry("TRUNKLINE_SEAL_KEY", "key")
                .doesNotContainKeys("TRUNKLINE_REDIS", "TRUNKLINE_POSTGRES_URL");
        assertThat(settings.of("rate-limiter", 1, "198.51.100.1")).containsKey("TRUNKLINE_REDIS").doesNotContainKey("TRUNKLINE_POSTGRES_URL");
    }
}
