package dev.trunkline.events.kafka;

import dev.trunkline.events.Envelope;
import dev.trunkline.events.codec.CallEventCodec;
import java.time.Duration;
import java.util.Properties;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;

/**
 * Writes to the call topics: idempotent, acknowledged by all replicas, without lingering. While Kafka is away what was
 * published waits in memory, in order, and is sent when it is back. Thread-safe.
 */
public final class CallEventPublisher implements AutoCloseable {
    /** How long an event waits for Kafka before its stage fails. */
    private static final Duration PATIENCE = Duration.ofMinutes(10);

    private final Producer<String, byte[]> producer;

    public CallEventPublisher(KafkaAddress kafka, String clientId) {
        this(new KafkaProducer<>(properties(kafka, clientId), new StringSerializer(), new ByteArraySerializer()));
    }

    public CallEventPublisher(Producer<String, byte[]> producer) {
        this.producer = producer;
    }

    private static Properties properties(KafkaAddress kafka, String clientId) {
        Properties properties = kafka.properties();
        properties.put("client.id", clientId);
        properties.put("enable.idempotence", "true");
        properties.put("acks", "all");
        properties.put("linger.ms", "0");
        properties.put("delivery.timeout.ms", Long.toString(PATIENCE.toMillis()));
        properties.put("request.timeout.ms", "5000");
        // A full buffer or missing metadata must not hold up whoever handles a call.
        properties.put("max.block.ms", "2000");
        return properties;
    }

    /** Completes when Kafka has the record; fails if it could not be written within ten minutes. */
    public CompletionStage<Void> publish(Envelope envelope) {
        return send(CallEventCodec.encode(envelope));
    }

    /** Writes a record that is not a call event, for example a trunk or a dead letter. */
    public CompletionStage<Void> send(ProducerRecord<String, byte[]> message) {
        var done = new CompletableFuture<Void>();
        try {
            producer.send(message, (metadata, failure) -> {
                if (failure == null) {
                    done.complete(null);
                } else {
                    done.completeExceptionally(failure);
                }
            });
        } catch (RuntimeException e) {
            done.completeExceptionally(e);
        }
        return done;
    }

    @Override
    public void close() {
        producer.close(Duration.ofSeconds(5));
    }
}
