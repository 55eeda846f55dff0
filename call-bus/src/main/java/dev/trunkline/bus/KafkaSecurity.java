package dev.trunkline.bus;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** {@link KafkaSettings} translated to the properties of Kafka's clients. */
final class KafkaSecurity {
    private static final Set<String> MECHANISMS = Set.of("SCRAM-SHA-512", "SCRAM-SHA-256", "PLAIN");

    private KafkaSecurity() {}

    /** @throws IllegalArgumentException with a message that says which setting to change */
    static Map<String, String> of(KafkaSettings settings) {
        Map<String, String> properties = new LinkedHashMap<>();
        if (settings.kafkaTls()) {
            tls(settings, properties);
        } else {
            refuse(settings.kafkaTrust().isPresent(), "TRUNKLINE_KAFKA_TRUST needs TRUNKLINE_KAFKA_TLS=true");
            refuse(settings.kafkaCertificate().isPresent() || settings.kafkaKey().isPresent(),
                    "TRUNKLINE_KAFKA_CERTIFICATE and TRUNKLINE_KAFKA_KEY need TRUNKLINE_KAFKA_TLS=true");
        }
        boolean user = settings.kafkaUser().isPresent();
        refuse(user != settings.kafkaPassword().isPresent(), "TRUNKLINE_KAFKA_USER and TRUNKLINE_KAFKA_PASSWORD must be set together");
        if (user) {
            sasl(settings, properties);
        }
        if (settings.kafkaTls() || user) {
            properties.put("security.protocol", (user ? "SASL_" : "") + (settings.kafkaTls() ? "SSL" : "PLAINTEXT"));
        }
        properties.putAll(settings.kafkaSecurity());
        return properties;
    }

    private static void tls(KafkaSettings settings, Map<String, String> properties) {
        settings.kafkaTrust().ifPresent(file -> {
            properties.put("ssl.truststore.type", "PEM");
            properties.put("ssl.truststore.certificates", text("TRUNKLINE_KAFKA_TRUST", file));
        });
        Optional<Path> certificate = settings.kafkaCertificate();
        refuse(certificate.isPresent() != settings.kafkaKey().isPresent(),
                "TRUNKLINE_KAFKA_CERTIFICATE and TRUNKLINE_KAFKA_KEY must be set together");
        certificate.ifPresent(file -> {
            properties.put("ssl.keystore.type", "PEM");
            properties.put("ssl.keystore.certificate.chain", text("TRUNKLINE_KAFKA_CERTIFICATE", file));
            properties.put("ssl.keystore.key", text("TRUNKLINE_KAFKA_KEY", settings.kafkaKey().orElseThrow()));
        });
    }

    private static void sasl(KafkaSettings settings, Map<String, String> properties) {
        String mechanism = settings.kafkaMechanism();
        refuse(!MECHANISMS.contains(mechanism),
                "TRUNKLINE_KAFKA_MECHANISM is \"" + mechanism + "\": SCRAM-SHA-512, SCRAM-SHA-256 or PLAIN");
        refuse(mechanism.equals("PLAIN") && !settings.kafkaTls(),
                "TRUNKLINE_KAFKA_MECHANISM=PLAIN would send the password in the clear: set TRUNKLINE_KAFKA_TLS=true");
        String module = mechanism.equals("PLAIN") ? "plain.PlainLoginModule" : "scram.ScramLoginModule";
        properties.put("sasl.mechanism", mechanism);
        properties.put("sasl.jaas.config", "org.apache.kafka.common.security.%s required username=%s password=%s;".formatted(
                module, quoted(settings.kafkaUser().orElseThrow()), quoted(settings.kafkaPassword().orElseThrow())));
    }

    /** Quotes a value for a JAAS configuration. */
    private static String quoted(String value) {
        return '"' + value.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
    }

    private static String text(String setting, Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new IllegalArgumentException(setting + " names " + file + ", which cannot be read: " + e.getMessage(), e);
        }
    }

    private static void refuse(boolean wrong, String why) {
        if (wrong) {
            throw new IllegalArgumentException(why);
        }
    }
}
