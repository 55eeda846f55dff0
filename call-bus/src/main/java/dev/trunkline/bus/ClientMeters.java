package dev.trunkline.bus;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.kafka.KafkaClientMetrics;
import java.util.Optional;
import java.util.Properties;
import org.apache.kafka.clients.admin.AdminClient;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;

/**
 * Creates Kafka's clients, and exposes their own metrics (Micrometer's binder, {@code kafka_consumer_*}, {@code kafka_producer_*},
 * {@code kafka_admin_client_*}) from the creation of each until it is closed. The tag {@code client_id} distinguishes them. It consists of
 * an instance and a part of it, so there are no more values than parts, however often a client is closed and recreated.
 *
 * @param registry where they are exposed; empty for tools, where nobody reads metrics
 */
record ClientMeters(Optional<MeterRegistry> registry) {
    static final ClientMeters NONE = new ClientMeters(Optional.empty());

    KafkaConsumer<String, byte[]> consumer(Properties properties) {
        return registry.<KafkaConsumer<String, byte[]>>map(meters -> new MeteredConsumer(properties, meters))
                .orElseGet(() -> new KafkaConsumer<>(properties, new StringDeserializer(), new ByteArrayDeserializer()));
    }

    KafkaProducer<String, byte[]> producer(Properties properties) {
        return registry.<KafkaProducer<String, byte[]>>map(meters -> new MeteredProducer(properties, meters))
                .orElseGet(() -> new KafkaProducer<>(properties, new StringSerializer(), new ByteArraySerializer()));
    }

    KafkaAdmin admin(Properties properties) {
        AdminClient client = AdminClient.create(properties);
        return new KafkaAdmin(client, registry.map(meters -> bound(new KafkaClientMetrics(client), meters)));
    }

    private static KafkaClientMetrics bound(KafkaClientMetrics metrics, MeterRegistry registry) {
        metrics.bindTo(registry);
        return metrics;
    }

    /** A client's metrics are removed before the client is closed, because a closed one has nothing to report. */
    private static final class MeteredConsumer extends KafkaConsumer<String, byte[]> {
        private final KafkaClientMetrics metrics;

        MeteredConsumer(Properties properties, MeterRegistry registry) {
            super(properties, new StringDeserializer(), new ByteArrayDeserializer());
            metrics = bound(new KafkaClientMetrics(this), registry);
        }

        @Override
        public void close() {
            metrics.close();
            super.close();
        }

        @Override
        @SuppressWarnings("removal")
        public void close(java.time.Duration atMost) {
            metrics.close();
            super.close(atMost);
        }

        @Override
        public void close(CloseOptions options) {
            metrics.close();
            super.close(options);
        }
    }

    private static final class MeteredProducer extends KafkaProducer<String, byte[]> {
        private final KafkaClientMetrics metrics;

        MeteredProducer(Properties properties, MeterRegistry registry) {
            super(properties, new StringSerializer(), new ByteArraySerializer());
            metrics = bound(new KafkaClientMetrics(this), registry);
        }

        @Override
        public void close() {
            metrics.close();
            super.close();
        }

        @Override
        public void close(java.time.Duration atMost) {
            metrics.close();
            super.close(atMost);
        }
    }
}
