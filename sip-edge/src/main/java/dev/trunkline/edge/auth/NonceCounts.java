package dev.trunkline.edge.auth;

import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.PriorityQueue;

/**
 * The highest count of each nonce so far, which makes every answer valid only once. Bounded: when it is full, the
 * nonces that were issued first are forgotten, and from then on every nonce as old as those counts as stale. Only right
 * answers are entered, so nobody can fill it without a password. Thread-safe.
 */
public final class NonceCounts {
    private final int most;
    private final Map<String, Long> highest = new HashMap<>();
    private final PriorityQueue<Nonces.Fresh> byAge =
            new PriorityQueue<>((one, other) -> one.issued().compareTo(other.issued()));
    /** Nonces that were issued up to then have been forgotten. */
    private Instant forgotten = Instant.MIN;

    /** @param most nonces that are remembered at once */
    public NonceCounts(int most) {
        this.most = most;
    }

    /**
     * @param expired nonces that were issued up to then are stale anyway
     * @return whether the count has not been used yet for this nonce: each must be higher than the last, by any step
     */
    synchronized boolean raise(Nonces.Fresh nonce, long count, Instant expired) {
        while (!byAge.isEmpty() && !byAge.peek().issued().isAfter(expired)) {
            highest.remove(byAge.poll().nonce());
        }
        if (!nonce.issued().isAfter(forgotten) || !nonce.issued().isAfter(expired)) {
            return false;
        }
        Long last = highest.get(nonce.nonce());
        if (last == null) {
            byAge.add(nonce);
        } else if (count <= last) {
            return false;
        }
        highest.put(nonce.nonce(), count);
        if (byAge.size() > most) {
            Nonces.Fresh oldest = byAge.poll();
            highest.remove(oldest.nonce());
            forgotten = oldest.issued();
        }
        return true;
    }

    synchronized int size() {
        return highest.size();
    }
}
