package dev.trunkline.console.accounts;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** Counts wrong passwords by user and by address: after {@link #MOST} of them further attempts are blocked for a while. Thread-safe. */
public final class Tries {
    static final int MOST = 5;
    static final Duration PAUSE = Duration.ofMinutes(5);
    /** Names and addresses that are remembered; the oldest is dropped first. */
    private static final int REMEMBERED = 10_000;

    private final InstantSource clock;
    private final Map<String, Wrong> wrong = new LinkedHashMap<>();

    private record Wrong(int tries, Instant last) {}

    public Tries(InstantSource clock) {
        this.clock = clock;
    }

    /** How long to wait before the next attempt; empty if it may be made now. */
    public synchronized Optional<Duration> wait(String who) {
        Instant now = clock.instant();
        return Optional.ofNullable(wrong.get(who))
                .filter(known -> known.tries() >= MOST)
                .map(known -> Duration.between(now, known.last().plus(PAUSE)))
                .filter(Duration::isPositive);
    }

    /**
     * Counts an attempt before it is checked, so that concurrent attempts are counted too.
     *
     * @return false if there were too many already
     */
    public synchronized boolean begin(String who) {
        if (wait(who).isPresent()) {
            return false;
        }
        Instant now = clock.instant();
        Optional<Wrong> before = Optional.ofNullable(wrong.remove(who)).filter(known -> known.last().plus(PAUSE).isAfter(now));
        wrong.put(who, new Wrong(before.map(Wrong::tries).orElse(0) + 1, now));
        if (wrong.size() > REMEMBERED) {
            wrong.remove(wrong.keySet().iterator().next());
        }
        return true;
    }

    /** The password was correct: clears the count. */
    public synchronized void right(String who) {
        wrong.remove(who);
    }
}
