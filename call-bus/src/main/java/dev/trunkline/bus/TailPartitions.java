package dev.trunkline.bus;

import dev.trunkline.bus.TopicTail.Choice;
import dev.trunkline.bus.TopicTail.From;
import dev.trunkline.bus.TopicTail.Place;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.OffsetAndTimestamp;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TimeoutException;
import org.jboss.logging.Logger;

/**
 * The partitions that a tail's consumer reads: at first all, and, if there is a choice, those that are wanted from then on. For the
 * poll thread only, except {@link #reads} and {@link #count}.
 */
final class TailPartitions {
    private static final Logger LOG = Logger.getLogger(TailPartitions.class);
    private static final long BETWEEN_LOOKS = Duration.ofMillis(100).toNanos();
    /** Pause before leaders are asked again after one of them did not answer. */
    private static final long BEFORE_NEXT_TRY = Duration.ofSeconds(1).toNanos();
    /** How long the other partitions wait for a leader that does not answer. */
    private static final Duration PATIENCE = Duration.ofMillis(500);

    private final Consumer<String, byte[]> consumer;
    private final List<String> topics;
    private final From from;
    private final Optional<Choice> choice;
    private final LongSupplier nanoTime;
    /** The place that has been applied, by partition that is read. */
    private final Map<TopicPartition, Place> applied = new HashMap<>();
    private Set<TopicPartition> all = Set.of();
    private long nextLook;
    private long nextTry;
    private volatile Set<Integer> reads = Set.of();
    private volatile int count;

    TailPartitions(
            Consumer<String, byte[]> consumer,
            List<String> topics,
            From from,
            Optional<Choice> choice,
            LongSupplier nanoTime) {
        this.consumer = consumer;
        this.topics = topics;
        this.from = from;
        this.choice = choice;
        this.nanoTime = nanoTime;
        this.nextLook = nanoTime.getAsLong();
        this.nextTry = nextLook;
    }

    /** Whether {@link #begin} has succeeded. */
    boolean begun() {
        return !all.isEmpty();
    }

    /** Whether there is anything to poll. */
    boolean any() {
        return !consumer.assignment().isEmpty();
    }

    /** Returns how many partitions the first topic has; 0 until that is known. Thread-safe. */
    int count() {
        return count;
    }

    /** Returns the numbers of the partitions that are read in each of the topics. Thread-safe. */
    Set<Integer> reads() {
        return reads;
    }

    /** Returns the partitions whose leaders show whether Kafka answers: those that are read, or all while none is. */
    Set<TopicPartition> toAsk() {
        return any() ? consumer.assignment() : all;
    }

    /** Reads all partitions of all topics. @return their end offsets */
    Map<TopicPartition, Long> begin() {
        List<TopicPartition> partitions = assignable();
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
            count = (int) partitions.stream().filter(one -> one.topic().equals(topics.getFirst())).count();
            all = Set.copyOf(partitions);
            tell(all);
            return ends;
        } catch (Throwable e) {
            // An Error too: without a position to begin at there is nothing to read, and the next round asks again.
            consumer.unsubscribe();
            throw e;
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
        if (choice.isPresent()) {
            TopicSetup.requireEqual(partitions.stream()
                    .collect(Collectors.groupingBy(TopicPartition::topic, Collectors.summingInt(partition -> 1))));
        }
        return partitions;
    }

    private Map<TopicPartition, Long> startsAt(
            Instant instant, List<TopicPartition> partitions, Map<TopicPartition, Long> ends) {
        Map<TopicPartition, Long> times = partitions.stream()
                .collect(Collectors.toMap(partition -> partition, partition -> instant.toEpochMilli()));
        return earlier(ends, consumer.offsetsForTimes(times));
    }

    /**
     * Reads the partitions that are wanted now and no others. A partition whose leader does not give its end offset is not read yet,
     * and does not hold up the others.
     *
     * @param atOnce otherwise the choice is queried at most ten times a second, however often this is called
     * @return whether there is more to read than before: a partition, or records of one that were already read
     */
    boolean follow(boolean atOnce) {
        long now = nanoTime.getAsLong();
        if (choice.isEmpty() || !atOnce && now - nextLook < 0) {
            return false;
        }
        nextLook = now + BETWEEN_LOOKS;
        Map<TopicPartition, Place> wanted = new HashMap<>(choice.get().wanted());
        wanted.keySet().retainAll(all);
        Set<TopicPartition> before = Set.copyOf(consumer.assignment());
        Map<TopicPartition, Long> seeks = seeks(wanted, before);
        Set<TopicPartition> after = new HashSet<>(before);
        after.retainAll(wanted.keySet());
        Set<TopicPartition> kept = Set.copyOf(after);
        after.addAll(seeks.keySet());
        if (seeks.isEmpty() && after.equals(before)) {
            apply(wanted, after);
            return false;
        }
        consumer.assign(after);
        try {
            seeks.forEach(consumer::seek);
        } catch (Throwable e) {
            // None of them is read from a wrong position; the next look tries again.
            consumer.assign(kept);
            throw e;
        }
        apply(wanted, after);
        tell(after);
        return !seeks.isEmpty();
    }

    private void apply(Map<TopicPartition, Place> wanted, Set<TopicPartition> read) {
        applied.keySet().retainAll(read);
        read.forEach(partition -> applied.put(partition, wanted.get(partition)));
    }

    /** Returns the positions to continue from, for partitions where the consumer is elsewhere. */
    private Map<TopicPartition, Long> seeks(Map<TopicPartition, Place> wanted, Set<TopicPartition> read) {
        Map<TopicPartition, Long> seeks = new HashMap<>();
        Set<TopicPartition> fromNow = new HashSet<>();
        Map<TopicPartition, Long> fromTimes = new HashMap<>();
        wanted.forEach((partition, place) -> {
            switch (place) {
                case Place.Now() -> {
                    if (!read.contains(partition)) {
                        fromNow.add(partition);
                    }
                }
                case Place.Time(Instant instant) -> {
                    if (!read.contains(partition)) {
                        fromTimes.put(partition, instant.toEpochMilli());
                    }
                }
                case Place.Offset(long offset) -> {
                    boolean news = applied.get(partition) != place;
                    if (!read.contains(partition) || news && isPast(partition, offset)) {
                        seeks.put(partition, offset);
                    }
                }
            }
        });
        fromNow.addAll(fromTimes.keySet());
        if (!fromNow.isEmpty() && nanoTime.getAsLong() - nextTry >= 0) {
            try {
                Map<TopicPartition, Long> ends = consumer.endOffsets(fromNow, PATIENCE);
                seeks.putAll(fromTimes.isEmpty() ? ends : earlier(ends, consumer.offsetsForTimes(fromTimes, PATIENCE)));
            } catch (TimeoutException e) {
                nextTry = nanoTime.getAsLong() + BEFORE_NEXT_TRY;
            }
        }
        return seeks;
    }

    /** The ends were queried first: what was written between the two queries is read in either case. */
    private static Map<TopicPartition, Long> earlier(Map<TopicPartition, Long> ends, Map<TopicPartition, OffsetAndTimestamp> found) {
        Map<TopicPartition, Long> starts = new HashMap<>(ends);
        found.forEach((partition, offset) -> {
            if (offset != null) {
                starts.put(partition, offset.offset());
            }
        });
        return starts;
    }

    private boolean isPast(TopicPartition partition, long offset) {
        try {
            return consumer.position(partition, Duration.ZERO) > offset;
        } catch (TimeoutException e) {
            // The position to read from was not known yet; this one is.
            return true;
        }
    }

    private void tell(Set<TopicPartition> read) {
        reads = read.stream()
                .map(TopicPartition::partition)
                .filter(number -> topics.stream().allMatch(topic -> read.contains(new TopicPartition(topic, number))))
                .collect(Collectors.toUnmodifiableSet());
        if (choice.isPresent()) {
            LOG.infof("topics=%s reading partitions %s", topics, new TreeSet<>(reads));
        }
    }
}
