package dev.trunkline.bus;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.RecordDeserializationException;
import org.apache.kafka.common.errors.WakeupException;

/**
 * Reads partitions of some topics without a group: for a process that picks out its own calls by key or header, and for compacted
 * tables. It reads all partitions or, once it has read what was there at the start, those that a {@link Choice} names. Records arrive
 * on one thread, in order within a partition; the handler must not block.
 *
 * <p>If partitions are added and dropped, {@link #deafFor}, {@link #heardUntil} and {@link #readToEnd} refer to those that are read at
 * the time. A partition that is added from an offset in the past is included from the next moment on that {@link #heardUntil} returns.
 */
public final class TopicTail implements AutoCloseable {
    private static final Duration POLL = Duration.ofMillis(100);
    private static final Duration BEFORE_NEXT_TRY = Duration.ofMillis(200);
    /** A tail whose poll brought at least this many records may be behind, and polls again at once. */
    private static final int MANY = 100;

    /** Where reading begins. */
    public sealed interface From {
        /** The oldest record: compacted tables. */
        record Beginning() implements From {}

        /** Only records that arrive from now on. */
        record Now() implements From {}

        /** The first record at or after this time: to rebuild state after a restart. */
        record Time(Instant instant) implements From {}
    }

    /** Where reading of an added partition begins. */
    public sealed interface Place {
        /** Records that are written from now on. */
        record Now() implements Place {}

        /**
         * The first record at or after this time, by its own timestamp; a partition that is already being read continues where it is.
         */
        record Time(Instant instant) implements Place {}

        /** This offset; a partition that is being read goes back to it, once for each of these objects. For tails of one topic. */
        record Offset(long offset) implements Place {}
    }

    /**
     * Which partitions are read; queried on the tail's thread, ten times a second, once everything that was there at the start is
     * read.
     */
    @FunctionalInterface
    public interface Choice {
        /** Returns these partitions and no others; the topics must have the same number of partitions. */
        Map<TopicPartition, Place> wanted();
    }

    private final Consumer<ConsumerRecord<String, byte[]>> handler;
    private final KafkaConsumer<String, byte[]> consumer;
    private final ContainedFaults faults;
    private final RightsWatch rights;
    private final PollFaults pollFaults;
    private final TailPartitions partitions;
    private final LongAdder read = new LongAdder();
    private final CompletableFuture<Void> caughtUp = new CompletableFuture<>();
    private final ReadProgress progress = new ReadProgress(System::nanoTime);
    private final Thread poller;
    private volatile Duration pause = Duration.ZERO;
    private volatile boolean closing;

    /** For tools and tests, where nobody reads metrics: contained faults are only logged. */
    public TopicTail(
            KafkaAddress kafka,
            String clientId,
            List<String> topics,
            From from,
            Consumer<ConsumerRecord<String, byte[]>> handler) {
        this(kafka, clientId, topics, from, handler, ContainedFaults.logged());
    }

    /** @param faults counts what the handler threw for a record ({@code tail-record}) and what reading threw */
    public TopicTail(
            KafkaAddress kafka,
            String clientId,
            List<String> topics,
            From from,
            Consumer<ConsumerRecord<String, byte[]>> handler,
            ContainedFaults faults) {
        this(kafka, clientId, topics, from, handler, Optional.empty(), faults);
    }

    /** @param choice of partitions, once everything that was there at the start is read */
    public TopicTail(
            KafkaAddress kafka,
            String clientId,
            List<String> topics,
            From from,
            Consumer<ConsumerRecord<String, byte[]>> handler,
            Choice choice,
            ContainedFaults faults) {
        this(kafka, clientId, topics, from, handler, Optional.of(choice), faults);
    }

    private TopicTail(
            KafkaAddress kafka,
            String clientId,
            List<String> topics,
            From from,
            Consumer<ConsumerRecord<String, byte[]>> handler,
            Optional<Choice> choice,
            ContainedFaults faults) {
        this.handler = handler;
        this.faults = faults;
        this.rights = new RightsWatch(kafka, clientId, "topics=" + topics, topics, Optional.empty());
        this.pollFaults = new PollFaults(faults, "tail-poll", "topics=" + topics, rights);
        Properties properties = kafka.consumerProperties(clientId);
        // Only for an offset that is gone: what this tail still had to read was deleted, or the broker lost its log.
        properties.put("auto.offset.reset", from instanceof From.Now ? "latest" : "earliest");
        this.consumer = kafka.consumer(properties);
        this.partitions = new TailPartitions(consumer, List.copyOf(topics), from, choice, System::nanoTime);
        this.poller = Thread.ofPlatform().name("kafka-tail-" + String.join("-", topics)).unstarted(this::run);
    }

    /**
     * Lets this tail collect records: once everything that was there at the start is read, it waits for this time after each poll that
     * brought some, so a record arrives later by that time at most, and only if another came shortly before. Each record that is read
     * by itself costs its reader a third of a millisecond of CPU, and all readers of a topic wake up at the same moment, so those that
     * are not in a hurry should not take it from those that are.
     *
     * @param pause between zero, which is the default, and a second
     */
    public TopicTail unhurried(Duration pause) {
        this.pause = pause;
        return this;
    }

    /** Starts to read. */
    public TopicTail start() {
        poller.start();
        return this;
    }

    /** Completes when everything that was there at the start has been handled. */
    public CompletionStage<Void> caughtUp() {
        return caughtUp.copy();
    }

    /**
     * Completes when everything that is in the topics now has been handled. Asks the brokers at most ten times a second, for any
     * number of callers; stays open while the brokers cannot be reached.
     */
    public CompletionStage<Void> readToEnd() {
        return progress.readToEnd();
    }

    /** Whether the poll loop is alive and has read what was there at the start; {@link #reading} says if it reads now. */
    public boolean healthy() {
        return poller.isAlive() && caughtUp.isDone();
    }

    /** Whether brokers answer and everything written up to five seconds ago has been handled. */
    public boolean reading() {
        return poller.isAlive() && progress.reading() && rights.missing().isEmpty();
    }

    /** Returns which right on Kafka is missing, and what to do, as a sentence for health; empty while none is known to be missing. */
    public Optional<String> missingRight() {
        return rights.missing();
    }

    /**
     * Returns how long this tail has been deaf: how long brokers have not answered, or it has not kept up with what they have. Zero
     * while it keeps up; more than two seconds otherwise. Only while this is zero does a sender's silence on a topic mean that the
     * sender is silent.
     */
    public Duration deafFor() {
        return progress.deafFor();
    }

    /**
     * Everything that was in the topics at this moment, in terms of {@link System#nanoTime}, has been handled: a sender last heard
     * from at {@code t} has been silent for {@code heardUntil() - t}, and not for longer, however long ago {@code t} is.
     */
    public long heardUntil() {
        return progress.heardUntil();
    }

    /**
     * Returns the maximum age of an event that arrives now, whatever clocks say: about a second while this tail keeps up. Until
     * everything has been read once, it is longer than Kafka keeps anything. For {@link RecordAges}.
     */
    public Duration longestOnTheWay() {
        return progress.longestOnTheWay();
    }

    /** Returns how many partitions the first topic has; 0 until Kafka has said so. */
    public int partitions() {
        return partitions.count();
    }

    /**
     * Returns the numbers of the partitions that are now read in each of the topics: what is written there from now on will be
     * handled. In no particular order; the set never changes.
     */
    public Set<Integer> reads() {
        return partitions.reads();
    }

    /** Returns how many records have arrived so far. */
    public long read() {
        return read.sum();
    }

    private void run() {
        try (consumer) {
            while (!closing) {
                try {
                    if (!partitions.begun()) {
                        progress.expect(partitions.begin(), caughtUp);
                    }
                    follow(false);
                    if (partitions.any()) {
                        ConsumerRecords<String, byte[]> records = BoundedPoll.of(consumer, POLL);
                        records.forEach(this::deliver);
                        collectAfter(records.count());
                    } else {
                        Thread.sleep(POLL);
                    }
                    progress.look(consumer, this::toAsk);
                    pollFaults.over();
                } catch (WakeupException e) {
                    // close() woke the consumer up.
                } catch (InterruptException | InterruptedException e) {
                    // Only close() ends a tail; an interrupted handler does not.
                } catch (RecordDeserializationException e) {
                    consumer.seek(e.topicPartition(), e.offset() + 1);
                    pollFaults.contain(e, Duration.ZERO);
                } catch (Throwable fault) {
                    pollFaults.contain(fault, BEFORE_NEXT_TRY);
                }
                rights.look(progress.deafFor().isZero());
            }
        }
    }

    private void collectAfter(int records) throws InterruptedException {
        if (records > 0 && records < MANY && !pause.isZero() && caughtUp.isDone() && !closing) {
            Thread.sleep(pause);
        }
    }

    private void follow(boolean atOnce) {
        if (caughtUp.isDone() && partitions.follow(atOnce)) {
            progress.askAgain();
        }
    }

    /** A caller that asks how far reading has come refers to all partitions that are wanted by then. */
    private Set<TopicPartition> toAsk() {
        follow(true);
        return partitions.toAsk();
    }

    private void deliver(ConsumerRecord<String, byte[]> message) {
        read.increment();
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
