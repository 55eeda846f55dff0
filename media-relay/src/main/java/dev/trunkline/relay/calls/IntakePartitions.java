package dev.trunkline.relay.calls;

import dev.trunkline.bus.KeptPartitions;
import dev.trunkline.bus.PartitionListener;

/**
 * What the intake reads new calls from, the tail reads too, from the intake's first record on: so it begins at or before the admission of
 * each call that is taken.
 */
final class IntakePartitions implements PartitionListener {
    private final KeptPartitions kept;

    IntakePartitions(KeptPartitions kept) {
        this.kept = kept;
    }

    @Override
    public void reads(int partition, long offset) {
        kept.own(partition, offset);
    }

    @Override
    public void gaveUp(int partition) {
        kept.disown(partition);
    }
}
