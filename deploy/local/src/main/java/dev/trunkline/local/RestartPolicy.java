package dev.trunkline.local;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * Whether a part that died is started again, and when: after a second at first, twice as long each time that it dies within a
 * minute of an earlier death, and not any more when that has happened too often.
 */
final class RestartPolicy {
    static final Duration FIRST_PAUSE = Duration.ofSeconds(1);
    /** In which deaths count. */
    static final Duration WINDOW = Duration.ofMinutes(1);
    /** So many within a minute are enough: what is wrong does not go away by itself. */
    static final int MOST_DEATHS = 5;

    private final List<Instant> deaths = new ArrayList<>();

    /** What is done about a death. */
    sealed interface Verdict {
        record Restart(Duration after) implements Verdict {}

        /** @param deaths how many there were within a minute */
        record GiveUp(int deaths) implements Verdict {}
    }

    Verdict died(Instant now) {
        deaths.removeIf(before -> Duration.between(before, now).compareTo(WINDOW) >= 0);
        deaths.add(now);
        return deaths.size() >= MOST_DEATHS
                ? new Verdict.GiveUp(deaths.size())
                : new Verdict.Restart(FIRST_PAUSE.multipliedBy(1L << (deaths.size() - 1)));
    }
}
