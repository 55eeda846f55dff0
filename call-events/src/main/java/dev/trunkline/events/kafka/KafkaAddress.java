package dev.trunkline.events.kafka;

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

    /** Properties that every Kafka client of this process has. */
    public Properties properties() {
        Properties properties = new Properties();
        properties.putAll(security);
        properties.put("bootstrap.servers", bootstrapServers);
        // A broker that comes back is found within a second; the default of 50 ms to 1 s already backs off.
        properties.put("reconnect.backoff.max.ms", "1000");
        return properties;
    }
}
