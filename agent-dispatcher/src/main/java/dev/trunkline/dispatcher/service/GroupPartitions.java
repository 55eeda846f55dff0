package dev.trunkline.dispatcher.service;

import dev.trunkline.bus.KeptPartitions;
import dev.trunkline.bus.PartitionListener;
import java.time.Duration;
import java.time.InstantSource;

/**
 * Makes the tail read the partitions from which the group brings admissions, beginning some minutes ago, because a redelivered admission
 * must find out what became of its call.
 */
final class GroupPartitions implements PartitionListener {
    private final KeptPartitions kept;
    private final InstantSource clock;
    private final Duration lookBack;

    GroupPartitions(KeptPartitions kept, InstantSource clock, Duration lookBack) {
        this.kept = kept;
        this.clock = clock;
        this.lookBack = lookBack;
    }

    @Override
    public void reads(int partition, long offset) {
        kept.ownSince(partition, clock.instant().minus(lookBack));
    }

    @Override
    public void gaveUp(int partition) {
        kept.disown(partition);
    }
}
