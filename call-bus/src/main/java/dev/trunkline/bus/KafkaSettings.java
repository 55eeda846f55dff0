package dev.trunkline.bus;

import io.smallrye.config.WithDefault;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/**
 * How every client of a service reaches Kafka: readers, writers and admin clients alike. A service's own settings extend this, so
 * that its prefix {@code trunkline} gives {@code TRUNKLINE_KAFKA}, {@code TRUNKLINE_KAFKA_USER} and so on.
 */
public interface KafkaSettings {

    /** Bootstrap servers, {@code host:port,…}. */
    @WithDefault("127.0.0.1:9092")
    String kafka();

    /** Whether the brokers are spoken to by TLS. */
    @WithDefault("false")
    boolean kafkaTls();

    /** PEM file of the authorities whose certificates brokers may have; without it, those that the JDK trusts. */
    Optional<Path> kafkaTrust();

    /** PEM file of the certificate, and those above it, by which this service shows who it is; with {@link #kafkaKey()}. */
    Optional<Path> kafkaCertificate();

    /** PEM file of the certificate's private key, PKCS#8, not encrypted. */
    Optional<Path> kafkaKey();

    /** Name of the service's own Kafka user; without it no SASL. */
    Optional<String> kafkaUser();

    /** The user's password. */
    Optional<String> kafkaPassword();

    /** {@code SCRAM-SHA-512}, {@code SCRAM-SHA-256} or {@code PLAIN}; the last only by TLS. */
    @WithDefault("SCRAM-SHA-512")
    String kafkaMechanism();

    /** Further properties of Kafka's clients, which win over what the other settings say. */
    Map<String, String> kafkaSecurity();
}
