package dev.trunkline.dispatcher.service;

import dev.trunkline.bus.KeptPartitions;
import dev.trunkline.bus.PartitionListener;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Set;

/**
 * Makes the tail read the partitions from which the group brings admissions, beginning some minutes ago, because a redelivered admission
 * must find out what became of its call. Until the group has assigned some, the tail reads all of them.
 */
final class GroupPartitions implements PartitionListener {
    private final KeptPartitions kept;
    private final InstantSource clock;
    private final Duration lookBack;
    /** For the group's thread. */
    private boolean assigned;

    GroupPartitions(KeptPartitions kept, InstantSource clock, Duration lookBack) {
        this.kept = kept;
        this.clock = clock;
        this.lookBack = lookBack;
    }

    /** Everything has been read, and the group may begin. @param partitions how many there are */
    void begin(int partitions) {
        for (int partition = 0; partition < partitions; partition++) {
            own(partition);
        }
    }

    private void own(int partition) {
        kept.ownSince(partition, clock.instant().minus(lookBack));
    }

    @Override
    public void assigned(Set<Integer> added) {
        if (!assigned) {
            assigned = true;
            kept.owned().stream().filter(partition -> !added.contains(partition)).forEach(kept::disown);
        }
        added.forEach(this::own);
    }

    @Override
    public void reads(int partition, long offset) {
        own(partition);
    }

    @Override
    public void gaveUp(int partition) {
        kept.disown(partition);
    }
}
