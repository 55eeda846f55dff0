package dev.trunkline.dispatcher.calls;

import dev.trunkline.events.CallId;
import dev.trunkline.events.RoomGiven;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The rooms in which calls were recently, according to the topic: the first room that each was given, and the first that its relay entered.
 * Thread-safe, bounded in time and number.
 */
public final class Places {
    private static final int MOST = 100_000;

    /**
     * What is known about one call.
     *
     * @param given the first such event from a dispatcher; empty if none is known
     * @param entered the room in which the caller is, or was
     */
    record Place(Optional<RoomGiven> given, Optional<String> entered) {
        static final Place UNKNOWN = new Place(Optional.empty(), Optional.empty());

        Stream<String> rooms() {
            return Stream.concat(given.flatMap(RoomGiven::room).stream(), entered.stream());
        }
    }

    private record Entry(Place place, Instant until) {}

    private final Clock clock;
    private final Duration kept;
    private final Map<CallId, Entry> entries = new LinkedHashMap<>();

    /** @param kept how long a call is remembered after the last event about its room */
    public Places(Clock clock, Duration kept) {
        this.clock = clock;
        this.kept = kept;
    }

    /** Of several events, the first counts. */
    synchronized void given(RoomGiven given) {
        Place known = of(given.callId());
        if (known.given().isEmpty()) {
            put(given.callId(), new Place(Optional.of(given), known.entered()));
        }
    }

    /** Of several rooms, the first counts, as it does for every reader of the topic. @return whether it is the first */
    synchronized boolean entered(CallId callId, String room) {
        Place known = of(callId);
        if (known.entered().isPresent()) {
            return false;
        }
        put(callId, new Place(known.given(), Optional.of(room)));
        return true;
    }

    /** The call is over, and its rooms no longer matter. */
    synchronized void over(CallId callId) {
        entries.remove(callId);
    }

    synchronized Place of(CallId callId) {
        return Optional.ofNullable(entries.get(callId))
                .filter(entry -> entry.until().isAfter(clock.instant()))
                .map(Entry::place)
                .orElse(Place.UNKNOWN);
    }

    /** Whether a call that is not over is in the room, or was given it. */
    public synchronized boolean taken(String room) {
        return entries.values().stream().flatMap(entry -> entry.place().rooms()).anyMatch(room::equals);
    }

    private void put(CallId callId, Place place) {
        Instant now = clock.instant();
        entries.remove(callId);
        entries.put(callId, new Entry(place, now.plus(kept)));
        Iterator<Entry> oldest = entries.values().iterator();
        while (oldest.hasNext()) {
            boolean tooMany = entries.size() > MOST;
            if (oldest.next().until().isAfter(now) && !tooMany) {
                break;
            }
            oldest.remove();
        }
    }
}
