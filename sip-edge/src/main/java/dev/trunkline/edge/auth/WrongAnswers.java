package dev.trunkline.edge.auth;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Whoever answers wrongly must, after a few for nothing, wait before anybody looks at the next answer: a second, then twice as
 * long each time. So a right answer after a slip of the finger is taken at once, and yet no more answers are judged than would be
 * without it, but for those few: a right one that came among many must find nobody who looks.
 * Bounded: when it is full, what was touched longest ago is forgotten. Thread-safe.
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
     * @param free wrong answers that nobody waits for
     * @param first wait after them; zero for no throttling
     * @param longest wait
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

    /** Whether a further answer is not looked at yet. */
    synchronized boolean waits(String name) {
        Record record = records.get(name);
        return record != null && record.until().isAfter(clock.instant());
    }

    synchronized void wrong(String name) {
        Instant now = clock.instant();
        Record before = records.get(name);
        // After a long quiet it begins afresh.
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
