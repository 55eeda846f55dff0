package dev.trunkline.edge.auth;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Guesses of one user's password from everywhere together. {@link WrongAnswers} slows down one source; this class slows down an
 * attacker with a thousand sources. After some free wrong answers, each further one delays the user's next answer, twice as
 * long each time. Answers from a source that answered right before are checked all the same, so guessing locks nobody out who
 * is in. Bounded, thread-safe.
 */
public final class Guesses {
    private static final int LONGEST_DOUBLING = 20;

    private record Record(int times, Instant last, Instant until) {}

    private final Clock clock;
    private final int free;
    private final Duration first;
    private final Duration longest;
    private final Map<String, Record> wrong;
    private final Map<String, Boolean> proven;

    /**
     * @param free wrong answers that cause no delay
     * @param first delay after them; zero for no throttling
     * @param longest delay; after that long without a wrong answer everything is forgotten
     * @param most users, and sources, that are remembered at once
     */
    public Guesses(Clock clock, int free, Duration first, Duration longest, int most) {
        this.clock = clock;
        this.free = free;
        this.first = first;
        this.longest = longest;
        this.wrong = bounded(most);
        this.proven = bounded(most);
    }

    private static <T> Map<String, T> bounded(int most) {
        return new LinkedHashMap<>(16, 0.75f, true) {
            @Override
            protected boolean removeEldestEntry(Map.Entry<String, T> eldest) {
                return size() > most;
            }
        };
    }

    /** Whether an answer for this user from there is not to be checked yet. */
    synchronized boolean waits(String user, String source) {
        Record record = wrong.get(user);
        return record != null && record.until().isAfter(clock.instant()) && proven.get(user + ' ' + source) == null;
    }

    synchronized void wrong(String user) {
        Instant now = clock.instant();
        Record before = wrong.get(user);
        boolean afresh = before == null || before.last().plus(longest).isBefore(now);
        int times = afresh ? 1 : before.times() + 1;
        Duration wait = times <= free
                ? Duration.ZERO
                : first.multipliedBy(1L << Math.min(times - free - 1, LONGEST_DOUBLING));
        wrong.put(user, new Record(times, now, now.plus(wait.compareTo(longest) > 0 ? longest : wait)));
    }

    synchronized void right(String user, String source) {
        proven.put(user + ' ' + source, true);
    }
}
