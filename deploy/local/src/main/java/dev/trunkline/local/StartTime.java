package dev.trunkline.local;

import java.time.Duration;

/**
 * How long a part took to start.
 *
 * @param begun when its start began, counted from the beginning of the suite's start
 * @param ready when it could do its work, counted from the same moment
 * @param cpu CPU time of its processes by then; zero if unknown
 */
public record StartTime(Duration begun, Duration ready, Duration cpu) {
    public Duration took() {
        return ready.minus(begun);
    }

    /** Returns three numbers in milliseconds, as in the file of a running suite. */
    String text() {
        return begun.toMillis() + " " + ready.toMillis() + " " + cpu.toMillis();
    }

    /** @throws IllegalArgumentException if {@link #text} did not write it */
    static StartTime parse(String text) {
        if (!text.matches("\\d{1,12} \\d{1,12} \\d{1,12}")) {
            throw new IllegalArgumentException("not the times of one start: " + text);
        }
        String[] millis = text.split(" ");
        return new StartTime(
                Duration.ofMillis(Long.parseLong(millis[0])),
                Duration.ofMillis(Long.parseLong(millis[1])),
                Duration.ofMillis(Long.parseLong(millis[2])));
    }
}
