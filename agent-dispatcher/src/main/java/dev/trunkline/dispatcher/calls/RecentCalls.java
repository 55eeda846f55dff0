package dev.trunkline.dispatcher.calls;

import dev.trunkline.events.CallId;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * What recently became of calls, for admissions and departures that arrive after that: redelivered after a restart, or of
 * a caller who hung up at once. All events noted for a call are in one partition, and their offsets give their order: a
 * restarted reader delivers old events again, which change nothing. Thread-safe, bounded in time and number.
 *
 * <pre>
 *   ENTERED --> JOINED <--> WANTED
 *        \________|_________/
 *                 v
 *                OVER
 * </pre>
 */
public final class RecentCalls {
    private static final int MOST = 200_000;

    /** What became of a call. */
    enum Fate {
        /** The caller is in the room. */
        ENTERED,
        /** Somebody listens to the caller. */
        JOINED,
        /** Somebody is to come: everybody who listened has left, or a person wants to hand the caller back to an agent. */
        WANTED,
        /** The call's last event came. */
        OVER
    }

    /**
     * The latest knowledge about a call.
     *
     * @param offset of the event that it comes from, in the call's partition
     * @param want {@code ce_id} of the last event that requests somebody to come; a call can have more than one
     */
    record Known(Fate fate, long offset, Optional<UUID> want) {
        static Known of(Fate fate, long offset) {
            return new Known(fate, offset, Optional.empty());
        }

        /** Whether this event requests somebody to come, and nobody has come. */
        boolean wantedSince(UUID event) {
            return fate == Fate.WANTED && want.equals(Optional.of(event));
        }

        private Known after(Known before) {
            return new Known(fate, offset, want.or(before::want));
        }
    }

    private record Entry(Known known, Instant until) {}

    private final Clock clock;
    private final Duration kept;
    private final Map<CallId, Entry> entries = new LinkedHashMap<>();

    public RecentCalls(Clock clock, Duration kept) {
        this.clock = clock;
        this.kept = kept;
    }

    /** @return false if it changes nothing: it was noted before, or more is known */
    synchronized boolean note(CallId callId, Known known) {
        Instant now = clock.instant();
        Entry before = entries.get(callId);
        if (before != null && !follows(known, before.known())) {
            return false;
        }
        entries.remove(callId);
        entries.put(callId, new Entry(before == null ? known : known.after(before.known()), now.plus(kept)));
        Iterator<Entry> oldest = entries.values().iterator();
        while (oldest.hasNext()) {
            boolean tooMany = entries.size() > MOST;
            if (oldest.next().until().isAfter(now) && !tooMany) {
                break;
            }
            oldest.remove();
        }
        return true;
    }

    private static boolean follows(Known known, Known before) {
        // A caller enters again after a new offer, and after a call's last event nothing matters any more.
        boolean matters = known.fate() != Fate.ENTERED && before.fate() != Fate.OVER;
        // An event may be published twice.
        boolean repeated = known.fate() == Fate.WANTED && known.want().equals(before.want());
        return matters && !repeated && known.offset() > before.offset();
    }

    synchronized Optional<Known> of(CallId callId) {
        return Optional.ofNullable(entries.get(callId))
                .filter(entry -> entry.until().isAfter(clock.instant()))
                .map(Entry::known);
    }

    synchronized int size() {
        return entries.size();
    }
}
