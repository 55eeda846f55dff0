package dev.trunkline.relay.pin;

import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.LongSupplier;

/**
 * Slows down, and then refuses for a while, a caller who guesses PINs: one caller at one rule, across all calls. Thread-safe.
 *
 * <pre>
 *   three wrong tries: as they come --further ones--> 1 s, 2 s, … before each --nine--> refused, 15 min from the last
 *        ^                                  |                                                |
 *        `---- the right PIN, or 15 min without a wrong try --------------------------------'
 * </pre>
 *
 * Remembers at most {@link #MOST_CALLERS}; beyond that it forgets the caller whose last try is oldest.
 */
public final class PinThrottle {
    /** One call's tries; a person who mistypes is not delayed. */
    static final int FREE_TRIES = 3;
    /** Wrong tries after which the caller is refused. */
    static final int MOST_TRIES = 9;
    static final int MOST_CALLERS = 10_000;
    static final long FORGOTTEN_MILLIS = 15 * 60_000;
    private static final long STEP_MILLIS = 1_000;

    /** A caller's standing at a rule. */
    public sealed interface Standing {
        /** May try. @param pauseMillis to wait before prompting for the PIN, 0 or more */
        record Welcome(long pauseMillis) implements Standing {}

        /** May not try. */
        record Refused() implements Standing {}
    }

    private record Tries(int wrong, long lastMillis) {}

    private final LongSupplier millis;
    /** Ordered by last try, the oldest first. */
    private final Map<String, Tries> callers = new LinkedHashMap<>();

    /** @param millis a monotonic clock */
    public PinThrottle(LongSupplier millis) {
        this.millis = millis;
    }

    /**
     * Returns the key under which tries are counted together.
     *
     * @param pseudonym of the caller; for a hidden caller, that of all hidden callers of the trunk
     */
    public static String key(String ruleId, String pseudonym) {
        return pseudonym + "@" + ruleId;
    }

    public synchronized Standing standing(String key) {
        forget();
        int wrong = callers.getOrDefault(key, new Tries(0, 0)).wrong();
        if (wrong >= MOST_TRIES) {
            return new Standing.Refused();
        }
        return new Standing.Welcome(Math.max(0, wrong - FREE_TRIES + 1) * STEP_MILLIS);
    }

    /** A try was wrong. @return the caller's standing now */
    public synchronized Standing wrong(String key) {
        forget();
        Tries before = callers.remove(key);
        int wrong = before == null ? 1 : Math.min(MOST_TRIES, before.wrong() + 1);
        callers.put(key, new Tries(wrong, millis.getAsLong()));
        if (callers.size() > MOST_CALLERS) {
            Iterator<String> oldest = callers.keySet().iterator();
            oldest.next();
            oldest.remove();
        }
        return standing(key);
    }

    /** The PIN was right. */
    public synchronized void right(String key) {
        callers.remove(key);
    }

    /** Returns the number of callers remembered. */
    public synchronized int callers() {
        forget();
        return callers.size();
    }

    private void forget() {
        long now = millis.getAsLong();
        Iterator<Tries> oldest = callers.values().iterator();
        while (oldest.hasNext() && now - oldest.next().lastMillis() >= FORGOTTEN_MILLIS) {
            oldest.remove();
        }
    }
}
