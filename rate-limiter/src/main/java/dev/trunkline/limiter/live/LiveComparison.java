package dev.trunkline.limiter.live;

import dev.trunkline.events.CallId;
import dev.trunkline.limiter.ledger.CallLedger.Standing;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Compares the calls that the topic says are live with those that hold a slot, and finds what has to be published. Pure
 * except for what it remembers from one look to the next; for one thread.
 *
 * <pre>
 *   on the topic, in Redis  over, lapsed   a tombstone at once
 *                           unknown        a tombstone after a lease: until then, heartbeats restore the counts of a wiped Redis
 *   held, not on the topic  twice in a row: published
 * </pre>
 */
final class LiveComparison {
    private final Duration lease;
    /** Since when Redis has not known a call that the topic says is live, in nanoseconds of {@link System#nanoTime}. */
    private final Map<CallId, Long> unknownSince = new HashMap<>();
    private Set<CallId> unsaidBefore = Set.of();

    LiveComparison(Duration lease) {
        this.lease = lease;
    }

    /**
     * Returns the calls that the topic says are live and that hold no slot.
     *
     * @param standings of every call that the topic says is live
     */
    List<CallId> gone(Map<CallId, Standing> standings, long nanoTime) {
        unknownSince.keySet().removeIf(call -> standings.get(call) != Standing.UNKNOWN);
        List<CallId> gone = new ArrayList<>();
        standings.forEach((call, standing) -> {
            boolean free = switch (standing) {
                case HELD -> false;
                case LAPSED, OVER -> true;
                case UNKNOWN -> nanoTime - unknownSince.computeIfAbsent(call, first -> nanoTime) >= lease.toNanos();
            };
            if (free) {
                gone.add(call);
            }
        });
        return gone;
    }

    /**
     * Returns the calls that hold a slot and are not on the topic. A call that was admitted a moment ago is still on its
     * way there, so only those that were already missing at the previous look count.
     */
    Set<CallId> unsaid(Set<CallId> held, Set<CallId> said) {
        Set<CallId> now = new HashSet<>(held);
        now.removeAll(said);
        Set<CallId> again = new HashSet<>(now);
        again.retainAll(unsaidBefore);
        unsaidBefore = now;
        return again;
    }

    /** Discards all earlier observations, because heartbeats or Redis have been unavailable since. */
    void forget() {
        unknownSince.clear();
        unsaidBefore = Set.of();
    }
}
