package dev.trunkline.cli.kafka;

import dev.trunkline.bus.KafkaAddress;
import dev.trunkline.bus.TopicTail;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** Reads the suite's topics from a given time until now. */
public final class Topic {
    /** A broker that sends nothing for this long is considered down. */
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final KafkaAddress kafka;

    public Topic(KafkaAddress kafka) {
        this.kafka = kafka;
    }

    /** Reads the records since a moment, see {@link #read(List, TopicTail.From, Consumer)}. */
    public long read(List<String> topics, Instant from, Consumer<ConsumerRecord<String, byte[]>> reader)
            throws IOException, InterruptedException {
        return read(topics, new TopicTail.From.Time(from), reader);
    }

    /**
     * @param reader called on another thread, in the order of each partition
     * @return how many records were read
     * @throws IOException if Kafka does not answer
     */
    public long read(List<String> topics, TopicTail.From from, Consumer<ConsumerRecord<String, byte[]>> reader)
            throws IOException, InterruptedException {
        AtomicLong read = new AtomicLong();
        try (TopicTail tail = new TopicTail(
                        kafka, "trunkline-cli", topics, from, message -> {
                            read.incrementAndGet();
                            reader.accept(message);
                        })
                .start()) {
            for (long before = -1; ; before = read.get()) {
                try {
                    tail.caughtUp().toCompletableFuture().get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
                    return read.get();
                } catch (TimeoutException e) {
                    if (read.get() == Math.max(before, 0)) {
                        throw new IOException(tail.missingRight().map(why -> "Kafka at %s cannot be read: %s".formatted(
                                        kafka.bootstrapServers(), why))
                                .orElse("Kafka at %s does not answer, or has no topic %s: is the suite running?".formatted(
                                        kafka.bootstrapServers(), String.join(", ", topics))), e);
                    }
                } catch (ExecutionException e) {
                    throw new IOException("reading from Kafka at " + kafka.bootstrapServers() + " failed", e.getCause());
                }
            }
        }
    }
}
