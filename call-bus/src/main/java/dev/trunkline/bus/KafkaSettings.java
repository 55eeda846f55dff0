package dev.trunkline.bus;

import io.smallrye.config.WithDefault;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/**
 * How every client of a service reaches Kafka: readers, writers and admin clients alike. A service's own settings extend this
 * interface, so their prefix {@code trunkline} gives {@code TRUNKLINE_KAFKA}, {@code TRUNKLINE_KAFKA_USER} and so on.
 */
public interface KafkaSettings {

    /** Bootstrap servers, {@code host:port,…}. */
    @WithDefault("127.0.0.1:9092")
    String kafka();

    /** Whether the connection to the brokers uses TLS. */
    @WithDefault("false")
    boolean kafkaTls();

    /** PEM file of the authorities that may issue the brokers' certificates; without it, those that the JDK trusts. */
    Optional<Path> kafkaTrust();

    /** PEM file of the certificate, with its chain, by which this service authenticates; with {@link #kafkaKey()}. */
    Optional<Path> kafkaCertificate();

    /** PEM file of the certificate's private key, PKCS#8, not encrypted. */
    Optional<Path> kafkaKey();

    /** Name of the service's own Kafka user; without it, SASL is not used. */
    Optional<String> kafkaUser();

    /** The user's password. */
    Optional<String> kafkaPassword();

    /** {@code SCRAM-SHA-512}, {@code SCRAM-SHA-256} or {@code PLAIN}; the last with TLS only. */
    @WithDefault("SCRAM-SHA-512")
    String kafkaMechanism();

    /** Further properties of Kafka's clients, which override the other settings. */
    Map<String, String> kafkaSecurity();
}
