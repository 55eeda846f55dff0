package dev.trunkline.router.legs;

import dev.trunkline.bus.KafkaAddress;
import dev.trunkline.events.Topics;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.IntSupplier;
import org.apache.kafka.clients.admin.Admin;

/** The number of partitions of the topic of events: looked up on demand, at most once a minute. Thread-safe; the call may block. */
public final class TopicPartitions implements IntSupplier {
    private static final Duration FRESH = Duration.ofMinutes(1);
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final KafkaAddress kafka;
    private final String clientId;
    private int known;
    private long askedAt;

    public TopicPartitions(KafkaAddress kafka, String instance) {
        this.kafka = kafka;
        this.clientId = instance + "-partitions";
    }

    /** @throws IllegalStateException if Kafka does not answer and never has */
    @Override
    public synchronized int getAsInt() {
        if (known == 0 || System.nanoTime() - askedAt > FRESH.toNanos()) {
            ask();
        }
        return known;
    }

    private void ask() {
        try (Admin admin = Admin.create(kafka.adminProperties(clientId))) {
            known = admin.describeTopics(List.of(Topics.EVENTS)).allTopicNames()
                    .get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)
                    .get(Topics.EVENTS).partitions().size();
            askedAt = System.nanoTime();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while Kafka was asked for its partitions", e);
        } catch (ExecutionException | TimeoutException e) {
            if (known == 0) {
                throw new IllegalStateException("Kafka does not say how many partitions " + Topics.EVENTS + " has", e);
            }
        }
    }
}
