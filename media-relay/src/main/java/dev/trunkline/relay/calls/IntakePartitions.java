package dev.trunkline.relay.calls;

import dev.trunkline.bus.KeptPartitions;
import dev.trunkline.bus.PartitionListener;
import java.time.Duration;
import java.time.InstantSource;

/**
 * Makes the tail read the partitions from which the intake reads new calls, from the intake's first record on: so it begins at or before
 * the admission of each call that is taken.
 */
final class IntakePartitions implements PartitionListener {
    /**
     * A command may be under way before its topic's partition is read, because reading begins a moment after the partition's first call
     * has come, and clocks differ; a repeated command changes nothing.
     */
    static final Duration BEFORE = Duration.ofMinutes(1);

    private final KeptPartitions kept;
    private final KeptPartitions commanded;
    private final InstantSource clock;

    /** @param commanded partitions of the commands for the same calls; they are read from some time ago on, see {@link #BEFORE} */
    IntakePartitions(KeptPartitions kept, KeptPartitions commanded, InstantSource clock) {
        this.kept = kept;
        this.commanded = commanded;
        this.clock = clock;
    }

    @Override
    public void reads(int partition, long offset) {
        kept.own(partition, offset);
        commanded.ownSince(clock.instant().minus(BEFORE), kept.owned());
    }

    @Override
    public void gaveUp(int partition) {
        kept.disown(partition);
        commanded.ownSince(clock.instant().minus(BEFORE), kept.owned());
    }
}
