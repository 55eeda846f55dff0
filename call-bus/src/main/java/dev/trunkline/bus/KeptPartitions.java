package dev.trunkline.bus;

import dev.trunkline.bus.TopicTail.Place;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntSupplier;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.kafka.common.TopicPartition;

/**
 * Which partitions of the call topics a process has to read: those that are its own, and those in which it has calls.
 *
 * <pre>
 *   own --somebody else's now--> lost --a while, and its last call there is over--> not read
 *    ^                            |
 *    `-----------own again--------'
 * </pre>
 *
 * A partition that is lost is read for a while without any call, for what began there may still be on its way to be counted.
 * Partition n of each topic goes with partition n of the others. Thread-safe; counting a call takes no lock.
 */
public final class KeptPartitions implements TopicTail.Choice {
    /** From making an id, or taking an event in hand, to counting its call takes microseconds, unless the process is frozen. */
    static final Duration LOST = Duration.ofSeconds(10);

    private final List<String> topics;
    private final IntSupplier partitions;
    private final LongSupplier nanoTime;
    private final Map<Integer, AtomicInteger> calls = new ConcurrentHashMap<>();
    /** Where reading was to begin, of each partition that ever was owned. */
    private final Map<Integer, Place> places = new HashMap<>();
    /** Until when those are read that were lost, as {@link System#nanoTime} counts. */
    private final Map<Integer, Long> lost = new HashMap<>();
    private volatile Set<Integer> owned = Set.of();

    /**
     * @param topics that are read
     * @param partitions how many each of them has; asked when there are calls, so it may not be known before
     * @param nanoTime as {@link System#nanoTime}
     */
    public KeptPartitions(List<String> topics, IntSupplier partitions, LongSupplier nanoTime) {
        this.topics = List.copyOf(topics);
        this.partitions = partitions;
        this.nanoTime = nanoTime;
    }

    /** These are its own, and no others; one that was not before is read from now on. */
    public void own(Set<Integer> now) {
        own(now, new Place.Now());
    }

    /** These are its own, and no others; of one that was not before, what was written since then is read. */
    public void ownSince(Instant since, Set<Integer> now) {
        own(now, new Place.Time(since));
    }

    private synchronized void own(Set<Integer> now, Place place) {
        owned.stream().filter(before -> !now.contains(before)).forEach(this::lose);
        now.stream().filter(more -> !owned.contains(more)).forEach(more -> places.put(more, place));
        now.forEach(lost::remove);
        owned = Set.copyOf(now);
    }

    /** This one is its own too, and is read from here; if what is behind that was read already, again. */
    public synchronized void own(int partition, long offset) {
        places.put(partition, new Place.Offset(offset));
        lost.remove(partition);
        owned = Stream.concat(owned.stream(), Stream.of(partition)).collect(Collectors.toUnmodifiableSet());
    }

    /** This one is its own no more. */
    public synchronized void disown(int partition) {
        if (owned.contains(partition)) {
            lose(partition);
            owned = owned.stream().filter(other -> other != partition).collect(Collectors.toUnmodifiableSet());
        }
    }

    private void lose(int partition) {
        lost.put(partition, nanoTime.getAsLong() + LOST.toNanos());
    }

    /** Its own now, in no order. */
    public Set<Integer> owned() {
        return owned;
    }

    /** A call is here from now on. @param key its id, as a Kafka key has it */
    public void begin(String key) {
        count(key).incrementAndGet();
    }

    /** It is over, and nothing of it has to be heard any more. To be called once for each {@link #begin}. */
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
        // One that never was owned has calls of an earlier process: it is read, or else there is nothing older to be read.
        Place place = places.computeIfAbsent(partition, unowned -> new Place.Now());
        topics.forEach(topic -> wanted.put(new TopicPartition(topic, partition), place));
    }
}
