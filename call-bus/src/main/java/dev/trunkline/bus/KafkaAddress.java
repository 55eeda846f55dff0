package dev.trunkline.bus;

import io.micrometer.core.instrument.MeterRegistry;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;

/**
 * Where Kafka is, how to reach it, and where its clients' metrics are exposed. All clients are created here.
 *
 * @param bootstrapServers {@code host:port,…}
 * @param security further client properties, for example {@code security.protocol} and {@code sasl.jaas.config}
 * @param meters of the clients that are created from it
 */
public record KafkaAddress(String bootstrapServers, Map<String, String> security, ClientMeters meters) {

    public KafkaAddress {
        security = Map.copyOf(security);
    }

    public KafkaAddress(String bootstrapServers, Map<String, String> security) {
        this(bootstrapServers, security, ClientMeters.NONE);
    }

    public static KafkaAddress of(String bootstrapServers) {
        return new KafkaAddress(bootstrapServers, Map.of());
    }

    /** @throws IllegalArgumentException with a message that says which setting to change */
    public static KafkaAddress of(KafkaSettings settings) {
        return new KafkaAddress(settings.kafka(), KafkaSecurity.of(settings));
    }

    /** Returns the same address, whose clients expose their metrics in this registry for as long as each is open. */
    public KafkaAddress metered(MeterRegistry registry) {
        return new KafkaAddress(bootstrapServers, security, new ClientMeters(Optional.of(registry)));
    }

    /** Contains no secret. */
    @Override
    public String toString() {
        return "KafkaAddress[" + bootstrapServers + ", " + security.getOrDefault("security.protocol", "PLAINTEXT") + "]";
    }

    /** Returns the properties that an admin client needs. */
    public Properties adminProperties(String clientId) {
        Properties properties = properties();
        properties.put("client.id", clientId);
        return properties;
    }

    /** Returns the properties that every client needs. */
    public Properties properties() {
        Properties properties = new Properties();
        properties.putAll(security);
        properties.put("bootstrap.servers", bootstrapServers);
        // A broker that comes back is found within a second; the default of 50 ms to 1 s already backs off.
        properties.put("reconnect.backoff.max.ms", "1000");
        // The services have metrics of their own.
        properties.put("enable.metrics.push", "false");
        return properties;
    }

    /** @param properties from {@link #properties}, with a {@code client.id} that no other client of this process has */
    public KafkaProducer<String, byte[]> producer(Properties properties) {
        return meters.producer(properties);
    }

    /** Creates a long-lived admin client; one that is closed after a single question is not shown in metrics. */
    public KafkaAdmin admin(String clientId) {
        return meters.admin(adminProperties(clientId));
    }

    KafkaConsumer<String, byte[]> consumer(Properties properties) {
        return meters.consumer(properties);
    }

    Properties consumerProperties(String clientId) {
        Properties properties = properties();
        properties.put("client.id", clientId);
        properties.put("enable.auto.commit", "false");
        // A reader that starts before the topics exist must not create them, with one partition and the wrong retention.
        properties.put("allow.auto.create.topics", "false");
        return properties;
    }
}
