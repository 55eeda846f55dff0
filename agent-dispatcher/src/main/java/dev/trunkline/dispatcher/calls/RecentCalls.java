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
 * What became of calls lately, for admissions and departures that come after it: again after a restart, or after a caller
 * who hung up at once. What is noted of a call stands in one partition, and its place there is its order: a reader that
 * begins anew says old things again, which change nothing. Thread-safe, bounded in time and number.
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
        /** Somebody is to come: everybody who listened has left, or a person wants to give the caller back to an agent. */
        WANTED,
        /** The call's last event came. */
        OVER
    }

    /**
     * The last that is known of a call.
     *
     * @param offset of the event that said it, in the call's partition
     * @param want {@code ce_id} of the last event by which somebody is to come; that can happen to a call more than once
     */
    record Known(Fate fate, long offset, Optional<UUID> want) {
        static Known of(Fate fate, long offset) {
            return new Known(fate, offset, Optional.empty());
        }

        /** Whether somebody is to come by this event, and nobody has come. */
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

    /** @return false if it changes nothing: it was said before, or more is known */
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
        // Whoever says an event may say it twice.
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
