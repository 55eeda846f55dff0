package dev.trunkline.bus;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndTimestamp;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.WakeupException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.jboss.logging.Logger;

/**
 * Reads every partition of some topics without a group: for a process that picks out its own calls by key or header,
 * and for compacted tables. Records come on one thread, in order within a partition; the handler must not wait.
 */
public final class TopicTail implements AutoCloseable {
    private static final Logger LOG = Logger.getLogger(TopicTail.class);
    private static final Duration POLL = Duration.ofMillis(100);
    private static final Duration ENDS_PATIENCE = Duration.ofSeconds(1);

    /** Where reading begins. */
    public sealed interface From {
        /** The oldest record: compacted tables. */
        record Beginning() implements From {}

        /** Only what comes from now on. */
        record Now() implements From {}

        /** The first record at or after this time: rebuilding state after a restart. */
        record Time(Instant instant) implements From {}
    }

    private final List<String> topics;
    private final From from;
    private final Consumer<ConsumerRecord<String, byte[]>> handler;
    private final KafkaConsumer<String, byte[]> consumer;
    private final CompletableFuture<Void> caughtUp = new CompletableFuture<>();
    private final Queue<CompletableFuture<Void>> askers = new ConcurrentLinkedQueue<>();
    /** Confined to the poller, as is all below but what is final or volatile. */
    private final List<Goal> goals = new ArrayList<>();
    private long ended = System.nanoTime();
    private final Thread poller;
    private volatile boolean closing;

    public TopicTail(
            KafkaAddress kafka,
            String clientId,
            List<String> topics,
            From from,
            Consumer<ConsumerRecord<String, byte[]>> handler) {
        this.topics = List.copyOf(topics);
        this.from = from;
        this.handler = handler;
        Properties properties = kafka.consumerProperties(clientId);
        // Only for a place that is gone: what this tail still had to read was deleted, or the broker lost its log.
        properties.put("auto.offset.reset", from instanceof From.Now ? "latest" : "earliest");
        this.consumer = new KafkaConsumer<>(properties, new StringDeserializer(), new ByteArrayDeserializer());
        this.poller = Thread.ofPlatform().name("kafka-tail-" + String.join("-", topics)).unstarted(this::run);
    }

    /** Begins to read. */
    public TopicTail start() {
        poller.start();
        return this;
    }

    /** Completes when everything that was there at the start has been handled. */
    public CompletionStage<Void> caughtUp() {
        return caughtUp.copy();
    }

    /**
     * Completes when everything has been handled that is in the topics now. Asks the brokers, for any number of askers
     * at most ten times a second; while they cannot be reached it stays open.
     */
    public CompletionStage<Void> readToEnd() {
        var asker = new CompletableFuture<Void>();
        askers.add(asker);
        return asker;
    }

    public boolean healthy() {
        return poller.isAlive() && caughtUp.isDone();
    }

    /** @param ends of each partition, as the brokers had them when somebody asked */
    private record Goal(Map<TopicPartition, Long> ends, List<CompletableFuture<Void>> askers) {}

    private void run() {
        try (consumer) {
            while (!closing) {
                try {
                    if (consumer.assignment().isEmpty()) {
                        goals.add(new Goal(position(assignable()), List.of(caughtUp)));
                    }
                    for (ConsumerRecord<String, byte[]> message : consumer.poll(POLL)) {
                        deliver(message);
                    }
                    tellAskers();
                } catch (WakeupException e) {
                    // close() asked for attention.
                } catch (InterruptException e) {
                    return;
                } catch (RuntimeException e) {
                    LOG.errorf("topics=%s reading from Kafka failed, going on: %s", topics, e.toString());
                    pause();
                }
            }
        }
    }

    private void tellAskers() {
        if (!askers.isEmpty() && System.nanoTime() - ended > POLL.toNanos()) {
            int asked = askers.size();
            Map<TopicPartition, Long> ends = consumer.endOffsets(consumer.assignment(), ENDS_PATIENCE);
            goals.add(new Goal(ends, Stream.generate(askers::remove).limit(asked).toList()));
            ended = System.nanoTime();
        }
        goals.removeIf(goal -> {
            boolean reached = reached(goal.ends());
            if (reached) {
                goal.askers().forEach(asker -> asker.complete(null));
            }
            return reached;
        });
    }

    private List<TopicPartition> assignable() {
        List<TopicPartition> partitions = topics.stream()
                .map(consumer::partitionsFor)
                .flatMap(Collection::stream)
                .map(info -> new TopicPartition(info.topic(), info.partition()))
                .toList();
        for (String topic : topics) {
            if (partitions.stream().noneMatch(partition -> partition.topic().equals(topic))) {
                throw new IllegalStateException("topic " + topic + " does not exist yet");
            }
        }
        return partitions;
    }

    /** @return the end offsets at the start */
    private Map<TopicPartition, Long> position(List<TopicPartition> partitions) {
        consumer.assign(partitions);
        try {
            Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
            Map<TopicPartition, Long> starts =
                    switch (from) {
                        case From.Now() -> ends;
                        case From.Beginning() -> consumer.beginningOffsets(partitions);
                        case From.Time(Instant instant) -> startsAt(instant, partitions, ends);
                    };
            starts.forEach(consumer::seek);
            return ends;
        } catch (RuntimeException e) {
            // Without a place to begin at there is nothing to read: the next round asks again.
            consumer.unsubscribe();
            throw e;
        }
    }

    private Map<TopicPartition, Long> startsAt(
            Instant instant, List<TopicPartition> partitions, Map<TopicPartition, Long> ends) {
        Map<TopicPartition, Long> times = partitions.stream()
                .collect(Collectors.toMap(partition -> partition, partition -> instant.toEpochMilli()));
        Map<TopicPartition, OffsetAndTimestamp> found = consumer.offsetsForTimes(times);
        Map<TopicPartition, Long> starts = new HashMap<>(ends);
        found.forEach((partition, offset) -> {
            if (offset != null) {
                starts.put(partition, offset.offset());
            }
        });
        return starts;
    }

    private boolean reached(Map<TopicPartition, Long> goal) {
        return goal.entrySet().stream().allMatch(end -> consumer.position(end.getKey()) >= end.getValue());
    }

    private void deliver(ConsumerRecord<String, byte[]> message) {
        try {
            handler.accept(message);
        } catch (RuntimeException e) {
            LOG.errorf("call=%s handling a record of %s failed: %s", message.key(), message.topic(), e.toString());
        }
    }

    private static void pause() {
        try {
            Thread.sleep(200);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        closing = true;
        consumer.wakeup();
        try {
            if (!poller.join(Duration.ofSeconds(5))) {
                poller.interrupt();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
