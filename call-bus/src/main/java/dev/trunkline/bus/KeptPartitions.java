package dev.trunkline.bus;

import dev.trunkline.bus.TopicTail.Place;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntSupplier;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.kafka.common.TopicPartition;

/**
 * Which partitions of the call topics a process has to read: those that it owns, and those in which it has calls.
 *
 * <pre>
 *   own --somebody else's now--> lost --a while, and its last call there is over--> not read
 *    ^                            |
 *    `-----------own again--------'
 * </pre>
 *
 * A lost partition is read for a while even without any call, because a call that began there may not have been counted yet.
 * Partition n of each topic corresponds to partition n of the others. Thread-safe; counting a call takes no lock.
 */
public final class KeptPartitions implements TopicTail.Choice {
    /**
     * From creating an id, or taking an event in hand, to counting its call takes microseconds, unless the process is frozen.
     */
    static final Duration LOST = Duration.ofSeconds(10);

    private final List<String> topics;
    private final IntSupplier partitions;
    private final LongSupplier nanoTime;
    private final Map<Integer, AtomicInteger> calls = new ConcurrentHashMap<>();
    /** Where reading was to begin, for each partition that was ever read. */
    private final Map<Integer, Place> places = new HashMap<>();
    /** Until when each lost partition is read, in terms of {@link System#nanoTime}. */
    private final Map<Integer, Long> lost = new HashMap<>();
    private volatile Set<Integer> owned = Set.of();

    /**
     * @param topics the topics that are read
     * @param partitions how many each of them has; asked for only when there are calls, so it need not be known earlier
     * @param nanoTime as {@link System#nanoTime}
     */
    public KeptPartitions(List<String> topics, IntSupplier partitions, LongSupplier nanoTime) {
        this.topics = List.copyOf(topics);
        this.partitions = partitions;
        this.nanoTime = nanoTime;
    }

    /** The process owns these and no others; a partition that it did not own before is read from now on. */
    public void own(Set<Integer> now) {
        own(now, new Place.Now());
    }

    /**
     * The process owns these and no others; a partition that it did not own before is read from the records written since then.
     */
    public void ownSince(Instant since, Set<Integer> now) {
        own(now, new Place.Time(since));
    }

    private synchronized void own(Set<Integer> now, Place place) {
        owned.stream().filter(before -> !now.contains(before)).forEach(this::lose);
        now.stream().filter(more -> !owned.contains(more)).forEach(more -> places.put(more, place));
        now.forEach(lost::remove);
        owned = Set.copyOf(now);
    }

    /**
     * The process also owns this partition, and reads it from this offset on; later records that were already read are read
     * again.
     */
    public synchronized void own(int partition, long offset) {
        places.put(partition, new Place.Offset(offset));
        add(partition);
    }

    /** The process also owns this partition, and reads it from the records written since then, unless it is reading it already. */
    public synchronized void ownSince(int partition, Instant since) {
        readSince(partition, since);
        add(partition);
    }

    private void add(int partition) {
        lost.remove(partition);
        owned = Stream.concat(owned.stream(), Stream.of(partition)).collect(Collectors.toUnmodifiableSet());
    }

    /** The process does not own this partition any more. */
    public synchronized void disown(int partition) {
        if (owned.contains(partition)) {
            lose(partition);
            owned = owned.stream().filter(other -> other != partition).collect(Collectors.toUnmodifiableSet());
        }
    }

    private void lose(int partition) {
        lost.put(partition, nanoTime.getAsLong() + LOST.toNanos());
    }

    /** Returns the partitions that it owns now, in no particular order. */
    public Set<Integer> owned() {
        return owned;
    }

    /** A call is here from now on. @param key its id, as a Kafka key */
    public void begin(String key) {
        count(key).incrementAndGet();
    }

    /**
     * A call is here from now on, whoever owns its partition, and everything that was written about it since then is to be read.
     *
     * @param key its id, as a Kafka key
     */
    public synchronized void begin(String key, Instant since) {
        readSince(CallPartition.of(key, partitions.getAsInt()), since);
        begin(key);
    }

    /** A partition that is being read continues where it is. */
    private void readSince(int partition, Instant since) {
        boolean isRead = owned.contains(partition) || lost.containsKey(partition)
                || Optional.ofNullable(calls.get(partition)).filter(count -> count.get() > 0).isPresent();
        Place before = places.get(partition);
        // The reader may not have begun yet.
        boolean begun = isRead && (!(before instanceof Place.Time(Instant earlier)) || !since.isBefore(earlier));
        if (!begun) {
            places.put(partition, new Place.Time(since));
        }
    }

    /** The call is over, and none of its events need be consumed any more. Call this once for each {@link #begin}. */
    public void end(String key) {
        count(key).decrementAndGet();
    }

    private AtomicInteger count(String key) {
        return calls.computeIfAbsent(CallPartition.of(key, partitions.getAsInt()), first -> new AtomicInteger());
    }

    @Override
    public synchronized Map<TopicPartition, Place> wanted() {
        long now = nanoTime.getAsLong();
        lost.values().removeIf(until -> now - until >= 0);
        Map<TopicPartition, Place> wanted = new HashMap<>();
        owned.forEach(partition -> want(partition, wanted));
        lost.keySet().forEach(partition -> want(partition, wanted));
        calls.forEach((partition, count) -> {
            if (count.get() > 0) {
                want(partition, wanted);
            }
        });
        return wanted;
    }

    private void want(int partition, Map<TopicPartition, Place> wanted) {
        // A partition that was never owned has calls of an earlier process: either it is being read, or there is nothing older
        // to read.
        Place place = places.computeIfAbsent(partition, unowned -> new Place.Now());
        topics.forEach(topic -> wanted.put(new TopicPartition(topic, partition), place));
    }
}
