package dev.trunkline.bus;

import java.util.Set;

/**
 * Told by a {@link CallEventGroup} which partitions its member reads; called on its poll thread, must not
 * block.
 */
public interface PartitionListener {
    /** Ignores all notifications. */
    PartitionListener NONE = new PartitionListener() {
        @Override
        public void reads(int partition, long offset) {}

        @Override
        public void gaveUp(int partition) {}
    };

    /**
     * These partitions belong to the member from now on; called after each assignment, before any record of theirs arrives.
     *
     * @param added may be empty
     */
    default void assigned(Set<Integer> added) {}

    /**
     * The first record of a partition has arrived, and the handler has not seen it yet.
     *
     * @param offset the record's
     */
    void reads(int partition, long offset);

    /** The partition belongs to another member, or to none. Its events in the handler's hands continue. */
    void gaveUp(int partition);
}
