package dev.trunkline.bus;

/** Told by a {@link CallEventGroup} which partitions its member reads; on its poll thread, must not wait. */
public interface PartitionListener {
    /** Nobody wants to know. */
    PartitionListener NONE = new PartitionListener() {
        @Override
        public void reads(int partition, long offset) {}

        @Override
        public void gaveUp(int partition) {}
    };

    /** The first record of a partition has come; the handler has not seen it yet. @param offset the record's */
    void reads(int partition, long offset);

    /** The partition is somebody else's, or nobody's. What the handler has in hand of it goes on. */
    void gaveUp(int partition);
}
