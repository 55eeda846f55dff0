package dev.trunkline.edge.auth;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Delays clients that answer wrongly: after a few free wrong answers, the next answer is not checked for a second, then for twice
 * as long each time. So a right answer after a typing error is accepted at once, and yet, apart from those few, no more answers
 * are checked than without this exception: a right one among many guesses must not be checked. Bounded: when it is full, the
 * entries that were touched longest ago are forgotten. Thread-safe.
 */
public final class WrongAnswers {
    private static final int LONGEST_DOUBLING = 20;

    private record Record(int times, Instant until) {}

    private final Clock clock;
    private final int free;
    private final Duration first;
    private final Duration longest;
    private final Map<String, Record> records;

    /**
     * @param free wrong answers that cause no delay
     * @param first delay after them; zero for no throttling
     * @param longest delay
     * @param most names that are remembered at once
     */
    public WrongAnswers(Clock clock, int free, Duration first, Duration longest, int most) {
        this.clock = clock;
        this.free = free;
        this.first = first;
        this.longest = longest;
        this.records = new LinkedHashMap<>(16, 0.75f, true) {
            @Override
            protected boolean removeEldestEntry(Map.Entry<String, Record> eldest) {
                return size() > most;
            }
        };
    }

    /** Whether a further answer is not to be checked yet. */
    synchronized boolean waits(String name) {
        Record record = records.get(name);
        return record != null && record.until().isAfter(clock.instant());
    }

    synchronized void wrong(String name) {
        Instant now = clock.instant();
        Record before = records.get(name);
        // After a long quiet period the count begins again.
        boolean afresh = before == null || before.until().plus(longest).isBefore(now);
        int times = afresh ? 1 : before.times() + 1;
        Duration wait = times <= free
                ? Duration.ZERO
                : first.multipliedBy(1L << Math.min(times - free - 1, LONGEST_DOUBLING));
        records.put(name, new Record(times, now.plus(wait.compareTo(longest) > 0 ? longest : wait)));
    }

    synchronized void right(String name) {
        records.remove(name);
    }

    synchronized int size() {
        return records.size();
    }
}
