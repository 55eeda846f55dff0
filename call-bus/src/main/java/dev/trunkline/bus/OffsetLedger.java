package dev.trunkline.bus;

import java.util.OptionalLong;
import java.util.TreeSet;

/**
 * Which offsets of one partition are in hand, given that they may be done out of order. Pure arithmetic, confined
 * to its consumer's thread.
 *
 * <pre>
 *   offsets   10 11 12 13 14
 *   done       x  x     x
 *   commit ------> 12          (everything below it is done; 13 must wait for 12)
 * </pre>
 */
final class OffsetLedger {
    private final TreeSet<Long> open = new TreeSet<>();
    private long next = -1;
    private long committed = -1;

    /** Offsets must be started in rising order; compaction may leave holes. */
    void started(long offset) {
        open.add(offset);
        next = offset + 1;
    }

    /** An offset that is not in hand is ignored: its partition was revoked and assigned again. */
    void done(long offset) {
        open.remove(offset);
    }

    int inFlight() {
        return open.size();
    }

    /** Returns the offset to commit, which is the first that is not done; empty if that one was returned before. */
    OptionalLong toCommit() {
        long position = open.isEmpty() ? next : open.first();
        if (position < 0 || position == committed) {
            return OptionalLong.empty();
        }
        committed = position;
        return OptionalLong.of(position);
    }

    /** The last commit did not reach Kafka: {@link #toCommit} returns its offset again. */
    void commitFailed() {
        committed = -1;
    }
}
