package dev.trunkline.limiter.live;

import dev.trunkline.events.CallId;
import dev.trunkline.limiter.admission.CallCard;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The calls that the topic says to be live: what was read there, and what this limiter has just said itself. Bounded;
 * thread-safe.
 */
public final class LiveTable {
    /** Many times what a suite has at once. A call beyond is not compared with Redis. */
    static final int MOST = 100_000;

    /** With what is known of those that this limiter let in, for a Redis that is wiped. */
    private final Map<CallId, Optional<Own>> said = new ConcurrentHashMap<>();

    /** A call that this limiter let in. */
    record Own(CallCard card, Instant admittedAt) {}

    void add(CallId callId, Optional<Own> own) {
        if (said.size() >= MOST && !said.containsKey(callId)) {
            return;
        }
        said.merge(callId, own, (before, now) -> now.or(() -> before));
    }

    void remove(CallId callId) {
        said.remove(callId);
    }

    boolean has(CallId callId) {
        return said.containsKey(callId);
    }

    /** What this limiter knows of a call, if it let it in. */
    Optional<Own> own(CallId callId) {
        return said.getOrDefault(callId, Optional.empty());
    }

    List<CallId> calls() {
        return List.copyOf(said.keySet());
    }

    public int size() {
        return said.size();
    }
}
