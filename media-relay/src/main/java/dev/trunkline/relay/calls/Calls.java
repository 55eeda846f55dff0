package dev.trunkline.relay.calls;

import dev.trunkline.events.CallId;
import java.time.Clock;
import java.time.Duration;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** The calls of this relay, by the key that their events have. Thread-safe. */
final class Calls {
    /** How long an admission may come after the last event of its call and still find that out. */
    private static final Duration REMEMBERED = Duration.ofMinutes(2);
    private static final int MOST_REMEMBERED = 100_000;

    private final Clock clock;
    private final Map<String, RelayedCall> calls = new ConcurrentHashMap<>();
    private final Map<String, Long> ended = new LinkedHashMap<>();

    Calls(Clock clock) {
        this.clock = clock;
    }

    Optional<RelayedCall> find(String key) {
        return Optional.ofNullable(calls.get(key));
    }

    void add(CallId callId, RelayedCall call) {
        calls.put(callId.toString(), call);
    }

    void remove(CallId callId) {
        calls.remove(callId.toString());
    }

    int count() {
        return calls.size();
    }

    Collection<RelayedCall> all() {
        return List.copyOf(calls.values());
    }

    /** A call's last event went by, whoever's call it was. */
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
