package dev.trunkline.local;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * Decides whether and when a part that died is restarted: after a second at first, after twice as long each time that it dies
 * within a minute of an earlier death, and no longer if that has happened too often.
 */
final class RestartPolicy {
    static final Duration FIRST_PAUSE = Duration.ofSeconds(1);
    /** The period in which deaths count. */
    static final Duration WINDOW = Duration.ofMinutes(1);
    /** After this many deaths within a minute the part is given up, because the fault does not go away by itself. */
    static final int MOST_DEATHS = 5;

    private final List<Instant> deaths = new ArrayList<>();

    /** The reaction to a death. */
    sealed interface Verdict {
        record Restart(Duration after) implements Verdict {}

        /** @param deaths number of deaths within a minute */
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
