package dev.trunkline.bus;

import java.util.Map;
import java.util.Properties;

/**
 * Where Kafka is and how to reach it.
 *
 * @param bootstrapServers {@code host:port,…}
 * @param security further client properties, for example {@code security.protocol} and {@code sasl.jaas.config}
 */
public record KafkaAddress(String bootstrapServers, Map<String, String> security) {

    public KafkaAddress {
        security = Map.copyOf(security);
    }

    public static KafkaAddress of(String bootstrapServers) {
        return new KafkaAddress(bootstrapServers, Map.of());
    }

    /** @throws IllegalArgumentException that says which setting to change */
    public static KafkaAddress of(KafkaSettings settings) {
        return new KafkaAddress(settings.kafka(), KafkaSecurity.of(settings));
    }

    /** Names no secret. */
    @Override
    public String toString() {
        return "KafkaAddress[" + bootstrapServers + ", " + security.getOrDefault("security.protocol", "PLAINTEXT") + "]";
    }

    /** What an admin client needs. */
    public Properties adminProperties(String clientId) {
        Properties properties = properties();
        properties.put("client.id", clientId);
        return properties;
    }

    /** What every client needs. */
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

    Properties consumerProperties(String clientId) {
        Properties properties = properties();
        properties.put("client.id", clientId);
        properties.put("enable.auto.commit", "false");
        properties.put("fetch.min.bytes", "1");
        // A reader that is up before the topics must not make them, with one partition and the wrong retention.
        properties.put("allow.auto.create.topics", "false");
        return properties;
    }
}
