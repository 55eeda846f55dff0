package dev.trunkline.edge.calls;

import dev.trunkline.bus.CallPartition;
import java.util.Collections;
import java.util.Set;
import java.util.UUID;
import java.util.function.IntSupplier;
import java.util.function.Supplier;

/**
 * Ids of calls whose events fall into a partition that this edge owns and reads. Each id falls into some partition, so ids are generated
 * until one fits: partitions ÷ owned of them, on average. Thread-safe if the source is.
 */
public final class OwnedCallIds implements Supplier<UUID> {
    /** Attempts for each one that is needed on average: with a source that spreads its ids, one call in 10^27 finds none. */
    private static final int TRIES = 64;

    private final Supplier<UUID> source;
    private final IntSupplier partitions;
    private final Supplier<Set<Integer>> owned;
    private final Supplier<Set<Integer>> read;

    /**
     * @param source of ids, UUIDv7
     * @param partitions how many the call topics have; 0 until that is known
     * @param owned numbers of the partitions that this edge owns
     * @param read numbers of the partitions that it reads
     */
    public OwnedCallIds(
            Supplier<UUID> source, IntSupplier partitions, Supplier<Set<Integer>> owned, Supplier<Set<Integer>> read) {
        this.source = source;
        this.partitions = partitions;
        this.owned = owned;
        this.read = read;
    }

    /** Whether calls can begin here: a partition is owned, and what is published there from now on will be read. */
    public boolean any() {
        return !Collections.disjoint(owned.get(), read.get());
    }

    /** Whether a call is in a partition that is owned, which makes it this edge's. @param key its id, as a Kafka key has it */
    public boolean owns(String key) {
        int all = partitions.getAsInt();
        return all > 0 && owned.get().contains(CallPartition.of(key, all));
    }

    /**
     * Returns an id that fits. If none can, because nothing is owned, the id falls into a partition that is still read, or into any:
     * sufficient for an event that is not answered.
     *
     * @throws IllegalStateException if the source generates the same ids again and again
     */
    @Override
    public UUID get() {
        Set<Integer> reading = read.get();
        Set<Integer> mine = owned.get();
        long fitting = mine.stream().filter(reading::contains).count();
        if (fitting == 0) {
            mine = reading;
            fitting = reading.size();
        }
        if (fitting == 0) {
            return source.get();
        }
        int all = partitions.getAsInt();
        for (long tries = TRIES * (all / fitting + 1); tries > 0; tries--) {
            UUID id = source.get();
            int partition = CallPartition.of(id.toString(), all);
            if (mine.contains(partition) && reading.contains(partition)) {
                return id;
            }
        }
        throw new IllegalStateException("no call id fell into any of the partitions " + mine + " of " + all);
    }
}
