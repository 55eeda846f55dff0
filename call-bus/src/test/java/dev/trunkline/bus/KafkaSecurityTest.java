package dev.trunkline.bus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The properties that Kafka's clients get for each setting. */
class KafkaSecurityTest {
    @TempDir
    Path folder;

    @ConfigMapping(prefix = "trunkline")
    interface Settings extends KafkaSettings {}

    private static Map<String, String> security(Map<String, String> settings) {
        Map<String, String> named = new HashMap<>();
        settings.forEach((name, value) -> named.put("trunkline." + name, value));
        return KafkaAddress.of(new SmallRyeConfigBuilder()
                        .withMapping(Settings.class)
                        .withSources(new io.smallrye.config.PropertiesConfigSource(named, "test", 100))
                        .build()
                        .getConfigMapping(Settings.class))
                .security();
    }

    private String pem(String name) throws IOException {
        return Files.writeString(folder.resolve(name), name + " in PEM").toString();
    }

    @Test
    void nothingIsSaidOfAnOpenKafka() {
        assertThat(security(Map.of("kafka", "k:9092"))).isEmpty();
    }

    @Test
    void tlsAloneTrustsWhomTheJdkTrusts() {
        assertThat(security(Map.of("kafka-tls", "true"))).isEqualTo(Map.of("security.protocol", "SSL"));
    }

    @Test
    void certificatesComeFromPemFiles() throws IOException {
        assertThat(security(Map.of(
                        "kafka-tls", "true", "kafka-trust", pem("ca"), "kafka-certificate", pem("own"), "kafka-key", pem("key"))))
                .isEqualTo(Map.of(
                        "security.protocol", "SSL",
                        "ssl.truststore.type", "PEM",
                        "ssl.truststore.certificates", "ca in PEM",
                        "ssl.keystore.type", "PEM",
                        "ssl.keystore.certificate.chain", "own in PEM",
                        "ssl.keystore.key", "key in PEM"));
    }

    @Test
    void aUserAuthenticatesByScram() {
        assertThat(security(Map.of("kafka-user", "edge", "kafka-password", "a\"b\\c"))).isEqualTo(Map.of(
                "security.protocol", "SASL_PLAINTEXT",
                "sasl.mechanism", "SCRAM-SHA-512",
                "sasl.jaas.config", "org.apache.kafka.common.security.scram.ScramLoginModule required"
                        + " username=\"edge\" password=\"a\\\"b\\\\c\";"));
    }

    @Test
    void aPlainPasswordGoesByTls() {
        assertThat(security(Map.of(
                        "kafka-user", "edge", "kafka-password", "x", "kafka-mechanism", "PLAIN", "kafka-tls", "true")))
                .containsEntry("security.protocol", "SASL_SSL")
                .hasEntrySatisfying("sasl.jaas.config", jaas -> assertThat(jaas).contains("plain.PlainLoginModule"));
    }

    @Test
    void furtherPropertiesWin() {
        assertThat(security(Map.of("kafka-tls", "true", "kafka-security.\"security.protocol\"", "SASL_SSL")))
                .containsEntry("security.protocol", "SASL_SSL");
    }

    @Test
    void noSecretIsInItsName() {
        assertThat(new KafkaAddress("k:9092", Map.of("security.protocol", "SASL_SSL", "sasl.jaas.config", "secret")))
                .hasToString("KafkaAddress[k:9092, SASL_SSL]");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "kafka-user=edge | TRUNKLINE_KAFKA_USER and TRUNKLINE_KAFKA_PASSWORD must be set together",
        "kafka-password=x | TRUNKLINE_KAFKA_USER and TRUNKLINE_KAFKA_PASSWORD must be set together",
        "kafka-trust=/ca.pem | TRUNKLINE_KAFKA_TRUST needs TRUNKLINE_KAFKA_TLS=true",
        "kafka-certificate=/c.pem | TRUNKLINE_KAFKA_CERTIFICATE and TRUNKLINE_KAFKA_KEY need TRUNKLINE_KAFKA_TLS=true",
        "kafka-tls=true,kafka-key=/k.pem | TRUNKLINE_KAFKA_CERTIFICATE and TRUNKLINE_KAFKA_KEY must be set together",
        "kafka-tls=true,kafka-trust=/none.pem | TRUNKLINE_KAFKA_TRUST names /none.pem, which cannot be read",
        "kafka-user=a,kafka-password=b,kafka-mechanism=PLAIN | would send the password in the clear",
        "kafka-user=a,kafka-password=b,kafka-mechanism=OAUTH | TRUNKLINE_KAFKA_MECHANISM is \"OAUTH\": SCRAM-SHA-512"
    })
    void whatDoesNotFitSaysWhatToChange(String settings, String why) {
        Map<String, String> given = new HashMap<>();
        for (String setting : settings.split(",")) {
            given.put(setting.split("=")[0], setting.split("=")[1]);
        }
        assertThatThrownBy(() -> security(given)).isInstanceOf(IllegalArgumentException.class).hasMessageContaining(why);
    }
}
