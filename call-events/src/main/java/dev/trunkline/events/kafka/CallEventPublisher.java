package dev.trunkline.events.kafka;

import dev.trunkline.events.Envelope;
import dev.trunkline.events.codec.CallEventCodec;
import java.time.Duration;
import java.util.Properties;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.jboss.logging.Logger;

/**
 * Writes to the call topics: idempotent, acknowledged by all replicas, without lingering. While Kafka is away what was
 * published waits in memory, in order, and is sent when it is back. Publishing never waits, so that whoever handles a
 * packet or a call may publish. Thread-safe.
 */
public final class CallEventPublisher implements AutoCloseable {
    private static final Logger LOG = Logger.getLogger(CallEventPublisher.class);
    /** How long an event waits for Kafka before its stage fails. */
    private static final Duration PATIENCE = Duration.ofMinutes(10);
    /** Most events that wait for Kafka; ten minutes of heartbeats of 1,000 calls, and as much again. */
    private static final int MOST_WAITING = 120_000;

    private final Producer<String, byte[]> producer;
    /** Hands records to the producer one by one: the producer's own send can wait for metadata or memory. */
    private final Executor sender;
    /** Completes stages away from the producer's thread, which a waiting callback would stop. */
    private final Executor completer;

    public CallEventPublisher(KafkaAddress kafka, String clientId) {
        this.producer =
                new KafkaProducer<>(properties(kafka, clientId), new StringSerializer(), new ByteArraySerializer());
        this.sender = new ThreadPoolExecutor(
                1, 1, 0, TimeUnit.SECONDS, new LinkedBlockingQueue<>(MOST_WAITING),
                Thread.ofPlatform().daemon().name("kafka-send-" + clientId).factory());
        this.completer = task -> Thread.ofVirtual().start(task);
    }

    /** Sends by this producer, on the caller's thread. */
    public CallEventPublisher(Producer<String, byte[]> producer) {
        this.producer = producer;
        this.sender = Runnable::run;
        this.completer = Runnable::run;
    }

    private static Properties properties(KafkaAddress kafka, String clientId) {
        Properties properties = kafka.properties();
        properties.put("client.id", clientId);
        properties.put("enable.idempotence", "true");
        properties.put("acks", "all");
        properties.put("linger.ms", "0");
        properties.put("delivery.timeout.ms", Long.toString(PATIENCE.toMillis()));
        properties.put("request.timeout.ms", "5000");
        // Of the sender's own thread only.
        properties.put("max.block.ms", Long.toString(PATIENCE.toMillis()));
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
            sender.execute(() -> hand(message, done));
        } catch (RejectedExecutionException e) {
            done.completeExceptionally(new IllegalStateException(
                    "the publisher is closed, or " + MOST_WAITING + " events wait for Kafka already", e));
        }
        return done;
    }

    private void hand(ProducerRecord<String, byte[]> message, CompletableFuture<Void> done) {
        try {
            producer.send(message, (metadata, failure) -> completer.execute(() -> {
                if (failure == null) {
                    done.complete(null);
                } else {
                    done.completeExceptionally(failure);
                }
            }));
        } catch (RuntimeException e) {
            completer.execute(() -> done.completeExceptionally(e));
        }
    }

    /** Sends what waits for at most five seconds, and closes. */
    @Override
    public void close() {
        if (sender instanceof ThreadPoolExecutor pool) {
            pool.shutdown();
            try {
                if (!pool.awaitTermination(5, TimeUnit.SECONDS)) {
                    LOG.errorf("%d events could not be written before the end", pool.shutdownNow().size() + 1);
                }
            } catch (InterruptedException e) {
                pool.shutdownNow();
                Thread.currentThread().interrupt();
            }
        }
        producer.close(Duration.ofSeconds(5));
    }
}
