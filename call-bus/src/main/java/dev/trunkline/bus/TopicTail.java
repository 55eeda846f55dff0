package dev.trunkline.bus;

import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndTimestamp;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.RecordDeserializationException;
import org.apache.kafka.common.errors.WakeupException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;

/**
 * Reads every partition of some topics without a group: for a process that picks out its own calls by key or header,
 * and for compacted tables. Records come on one thread, in order within a partition; the handler must not wait.
 */
public final class TopicTail implements AutoCloseable {
    private static final Duration POLL = Duration.ofMillis(100);
    private static final Duration BEFORE_NEXT_TRY = Duration.ofMillis(200);

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
    private final ContainedFaults faults;
    private final PollFaults pollFaults;
    private final CompletableFuture<Void> caughtUp = new CompletableFuture<>();
    private final ReadProgress progress = new ReadProgress(System::nanoTime);
    private final Thread poller;
    private volatile boolean closing;

    /** For tools and tests, where nobody reads metrics: what is contained is logged alone. */
    public TopicTail(
            KafkaAddress kafka,
            String clientId,
            List<String> topics,
            From from,
            Consumer<ConsumerRecord<String, byte[]>> handler) {
        this(kafka, clientId, topics, from, handler, ContainedFaults.logged());
    }

    /** @param faults counts what the handler threw at one record ({@code tail-record}) and what reading threw */
    public TopicTail(
            KafkaAddress kafka,
            String clientId,
            List<String> topics,
            From from,
            Consumer<ConsumerRecord<String, byte[]>> handler,
            ContainedFaults faults) {
        this.topics = List.copyOf(topics);
        this.from = from;
        this.handler = handler;
        this.faults = faults;
        this.pollFaults = new PollFaults(faults, "tail-poll", "topics=" + topics);
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
        return progress.readToEnd();
    }

    /** Whether the poll loop lives and has read what was there at the start; {@link #reading} says if it reads now. */
    public boolean healthy() {
        return poller.isAlive() && caughtUp.isDone();
    }

    /** Whether brokers answer and everything of five seconds ago has been handled. */
    public boolean reading() {
        return poller.isAlive() && progress.reading();
    }

    /**
     * How long this tail has been deaf: since when brokers do not answer, or it does not get through with what they have.
     * Zero while it reads; more than two seconds otherwise. Whoever is silent on a topic is silent only while this is zero.
     */
    public Duration deafFor() {
        return progress.deafFor();
    }

    /**
     * Everything that was in the topics at this moment, as {@link System#nanoTime} counts, has been handled: who was last
     * heard at {@code t} has been silent for {@code heardUntil() - t}, and not for longer, however long ago {@code t} is.
     */
    public long heardUntil() {
        return progress.heardUntil();
    }

    private void run() {
        try (consumer) {
            while (!closing) {
                try {
                    if (consumer.assignment().isEmpty()) {
                        progress.expect(position(assignable()), caughtUp);
                    }
                    for (ConsumerRecord<String, byte[]> message : consumer.poll(POLL)) {
                        deliver(message);
                    }
                    progress.look(consumer, consumer::assignment);
                    pollFaults.over();
                } catch (WakeupException e) {
                    // close() asked for attention.
                } catch (InterruptException e) {
                    // Only close() ends a tail; a handler that was interrupted does not.
                } catch (RecordDeserializationException e) {
                    consumer.seek(e.topicPartition(), e.offset() + 1);
                    pollFaults.contain(e, Duration.ZERO);
                } catch (Throwable fault) {
                    pollFaults.contain(fault, BEFORE_NEXT_TRY);
                }
            }
        }
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
        } catch (Throwable e) {
            // An Error too: without a place to begin at there is nothing to read, and the next round asks again.
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

    private void deliver(ConsumerRecord<String, byte[]> message) {
        try {
            handler.accept(message);
        } catch (Throwable fault) {
            faults.caught("tail-record", fault);
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
