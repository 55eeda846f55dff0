package dev.trunkline.bench.report;

import java.time.Instant;
import java.util.List;

/**
 * What a suite handled from the second in which it was ready.
 *
 * @param ready when it was ready
 * @param afterReady seconds from then until the first INVITE
 * @param aSecond INVITEs sent in each second
 * @param firstCallMillis from INVITE to 200 of the first call to an agent, after these seconds; not a number if it was refused
 */
public record FirstMinute(Instant ready, double afterReady, int aSecond, List<Second> seconds, double firstCallMillis) {
    public FirstMinute {
        seconds = List.copyOf(seconds);
    }

    public int sent() {
        return seconds.stream().mapToInt(Second::sent).sum();
    }

    public int inTime() {
        return seconds.stream().mapToInt(Second::inTime).sum();
    }
}
