package dev.trunkline.events.kafka;

import java.util.OptionalLong;
import java.util.TreeMap;

/**
 * Which offsets of one partition are done, where they may be done out of order. Pure arithmetic, confined to its
 * consumer's thread.
 *
 * <pre>
 *   offsets   10 11 12 13 14
 *   done       x  x     x
 *   commit ------> 12          (everything below it is done; 13 must wait for 12)
 * </pre>
 */
final class OffsetLedger {
    /** Offset to whether it is done, in order. */
    private final TreeMap<Long, Boolean> open = new TreeMap<>();
    private long next = -1;
    private long committed = -1;

    /** Offsets must be started in rising order; compaction may leave holes. */
    void started(long offset) {
        open.put(offset, false);
        next = offset + 1;
    }

    void done(long offset) {
        open.computeIfPresent(offset, (known, was) -> true);
        while (!open.isEmpty() && open.firstEntry().getValue()) {
            open.pollFirstEntry();
        }
    }

    int inFlight() {
        return open.size();
    }

    /** The offset to commit, which is the first that is not done; empty if that was given before. */
    OptionalLong toCommit() {
        long position = open.isEmpty() ? next : open.firstKey();
        if (position < 0 || position == committed) {
            return OptionalLong.empty();
        }
        committed = position;
        return OptionalLong.of(position);
    }
}
