package dev.trunkline.relay.calls;

import dev.trunkline.bus.KeptPartitions;
import dev.trunkline.bus.PartitionListener;

/**
 * What the intake reads new calls from, the tail reads too, from the intake's first record on: so it begins at or before the admission of
 * each call that is taken.
 */
final class IntakePartitions implements PartitionListener {
    private final KeptPartitions kept;
    private final KeptPartitions commanded;

    /** @param commanded those of the commands for the same calls, which are read from now on: no command is older than its call */
    IntakePartitions(KeptPartitions kept, KeptPartitions commanded) {
        this.kept = kept;
        this.commanded = commanded;
    }

    @Override
    public void reads(int partition, long offset) {
        kept.own(partition, offset);
        commanded.own(kept.owned());
    }

    @Override
    public void gaveUp(int partition) {
        kept.disown(partition);
        commanded.own(kept.owned());
    }
}
