package dev.trunkline.limiter.live;

import dev.trunkline.events.CallId;
import dev.trunkline.limiter.admission.CallCard;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The calls that the topic says are live: those read there, and those that this limiter itself has just published.
 * Bounded; thread-safe.
 */
public final class LiveTable {
    /** Many times the concurrent calls of a suite. Calls beyond this number are not compared with Redis. */
    static final int MOST = 100_000;

    /** With what is known about the calls that this limiter admitted, in case Redis is wiped. */
    private final Map<CallId, Optional<Own>> said = new ConcurrentHashMap<>();

    /** A call that this limiter admitted. */
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

    /** Returns what this limiter knows about a call, if it admitted the call. */
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
