package dev.trunkline.dispatcher;

import dev.trunkline.events.CallId;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * What became of calls lately, for admissions that come after it: again after a restart, or after a caller who hung up
 * at once. Thread-safe, bounded in time and number.
 */
final class RecentCalls {
    private static final int MOST = 200_000;

    /** What became of a call. */
    enum Fate {
        /** The caller is in the room. */
        ENTERED,
        /** Somebody listens to the caller. */
        JOINED,
        /** The call's last event came. */
        OVER
    }

    private record Entry(Fate fate, Instant until) {}

    private final Clock clock;
    private final Duration kept;
    private final Map<CallId, Entry> entries = new LinkedHashMap<>();

    RecentCalls(Clock clock, Duration kept) {
        this.clock = clock;
        this.kept = kept;
    }

    synchronized void note(CallId callId, Fate fate) {
        Instant now = clock.instant();
        if (fate == Fate.ENTERED && entries.containsKey(callId)) {
            // A caller enters again after a new offer; what was noted says more.
            return;
        }
        entries.remove(callId);
        entries.put(callId, new Entry(fate, now.plus(kept)));
        Iterator<Entry> oldest = entries.values().iterator();
        while (oldest.hasNext()) {
            boolean tooMany = entries.size() > MOST;
            if (oldest.next().until().isAfter(now) && !tooMany) {
                return;
            }
            oldest.remove();
        }
    }

    synchronized Optional<Fate> of(CallId callId) {
        return Optional.ofNullable(entries.get(callId))
                .filter(entry -> entry.until().isAfter(clock.instant()))
                .map(Entry::fate);
    }

    synchronized int size() {
        return entries.size();
    }
}
