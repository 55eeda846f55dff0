package dev.trunkline.relay.calls;

import dev.trunkline.bus.KeptPartitions;
import dev.trunkline.events.CallId;
import java.time.Clock;
import java.time.Duration;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** The calls of this relay, by the key of their events; keeps their partitions being read. Thread-safe. */
final class Calls {
    /** How long an admission may come after the last event of its call and still be recognised as late. */
    private static final Duration REMEMBERED = Duration.ofMinutes(2);
    private static final int MOST_REMEMBERED = 100_000;

    private final Clock clock;
    private final List<KeptPartitions> kept;
    private final Map<String, Known> calls = new ConcurrentHashMap<>();
    private final Map<String, Long> ended = new LinkedHashMap<>();

    private static final class Known {
        private final RelayedCall call;
        /** Offset of the last record that the call received; used by the tail's thread only. */
        private long told = -1;

        Known(RelayedCall call) {
            this.call = call;
        }
    }

    /** @param kept told in which partitions there are calls */
    Calls(Clock clock, KeptPartitions... kept) {
        this.kept = List.of(kept);
        this.clock = clock;
    }

    Optional<RelayedCall> find(String key) {
        return Optional.ofNullable(calls.get(key)).map(known -> known.call);
    }

    /**
     * Returns the call that is to receive a record: once, although a partition may be read again from an earlier offset. For the tail's
     * thread only.
     *
     * @param offset the record's, in the partition of all records with this key
     */
    Optional<RelayedCall> hearing(String key, long offset) {
        Known known = calls.get(key);
        if (known == null || offset <= known.told) {
            return Optional.empty();
        }
        known.told = offset;
        return Optional.of(known.call);
    }

    void add(CallId callId, RelayedCall call) {
        String key = callId.toString();
        if (calls.put(key, new Known(call)) == null) {
            kept.forEach(partitions -> partitions.begin(key));
        }
    }

    void remove(CallId callId) {
        String key = callId.toString();
        if (calls.remove(key) != null) {
            kept.forEach(partitions -> partitions.end(key));
        }
    }

    int count() {
        return calls.size();
    }

    Collection<RelayedCall> all() {
        return calls.values().stream().map(known -> known.call).toList();
    }

    /** A call's last event arrived, whichever relay has the call. */
    void ended(String key) {
        long now = clock.millis();
        synchronized (ended) {
            ended.put(key, now);
            var oldest = ended.entrySet().iterator();
            while (oldest.hasNext()) {
                boolean stale = oldest.next().getValue() < now - REMEMBERED.toMillis();
                if (!stale && ended.size() <= MOST_REMEMBERED) {
                    break;
                }
                oldest.remove();
            }
        }
    }

    boolean hasEnded(String key) {
        synchronized (ended) {
            return ended.containsKey(key);
        }
    }
}
