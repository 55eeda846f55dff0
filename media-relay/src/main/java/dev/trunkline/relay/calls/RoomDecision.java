package dev.trunkline.relay.calls;

import java.time.Duration;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Decides which room a call enters if its rule has warm agents: the room that a dispatcher gives it, or its route's own. Decided once, by
 * whichever comes first: the dispatcher's event, which may arrive before the admission, or the end of the wait. Pure: the time is passed
 * in. Not thread-safe.
 *
 * <pre>
 *   asked --an event is here--> decided
 *     | `---not worth waiting--> own room
 *     v
 *   waiting --the first event--> decided      --300 ms--> own room; after three in a row no call waits for 10 s
 * </pre>
 */
final class RoomDecision {
    /** A dispatcher responds within some 10 ms; waiting longer than this costs more than it saves. */
    static final Duration WAIT = Duration.ofMillis(300);
    /** If no dispatcher is alive, each call would be delayed in vain. */
    static final int MISSES = 3;

    static final Duration PAUSE = Duration.ofSeconds(10);
    /** How long a dispatcher's event is kept for an admission that comes after it. */
    static final Duration KEPT = Duration.ofSeconds(10);

    private static final int MOST_KEPT = 10_000;

    /** The decision. */
    sealed interface Verdict {
        /** @param given the room in which the agents wait; empty for the route's own */
        record Enter(Optional<String> given) implements Verdict {}

        /** Ask again with {@link #due} when the wait is over. */
        record Wait() implements Verdict {}
    }

    private record Word(Optional<String> room, long atMillis) {}

    /** Dispatchers' events for calls that nobody has asked about. */
    private final Map<String, Word> words = new LinkedHashMap<>();
    /** Calls that wait, and since when. */
    private final Map<String, Long> waiting = new HashMap<>();
    private int misses;
    private Optional<Long> pauseUntil = Optional.empty();

    /** A call is to enter a room. */
    Verdict asked(String call, long nowMillis) {
        Word word = words.remove(call);
        if (word != null) {
            return new Verdict.Enter(word.room());
        }
        if (pauseUntil.filter(until -> nowMillis < until).isPresent()) {
            return new Verdict.Enter(Optional.empty());
        }
        waiting.put(call, nowMillis);
        return new Verdict.Wait();
    }

    /**
     * A dispatcher named a room. The first event for a call counts.
     *
     * @return what the waiting call is to do; empty if none waits
     */
    Optional<Verdict.Enter> said(String call, Optional<String> room, long nowMillis) {
        if (waiting.remove(call) != null) {
            misses = 0;
            pauseUntil = Optional.empty();
            return Optional.of(new Verdict.Enter(room));
        }
        words.putIfAbsent(call, new Word(room, nowMillis));
        forget(nowMillis);
        return Optional.empty();
    }

    /** @return what the call is to do after its wait; empty if that is decided already */
    Optional<Verdict.Enter> due(String call, long nowMillis) {
        if (waiting.remove(call) == null) {
            return Optional.empty();
        }
        misses++;
        if (misses >= MISSES) {
            pauseUntil = Optional.of(nowMillis + PAUSE.toMillis());
        }
        return Optional.of(new Verdict.Enter(Optional.empty()));
    }

    /** Returns how many dispatchers' events are kept. */
    int kept() {
        return words.size();
    }

    private void forget(long nowMillis) {
        Iterator<Word> oldest = words.values().iterator();
        while (oldest.hasNext()) {
            boolean old = nowMillis - oldest.next().atMillis() >= KEPT.toMillis();
            if (!old && words.size() <= MOST_KEPT) {
                break;
            }
            oldest.remove();
        }
    }
}
