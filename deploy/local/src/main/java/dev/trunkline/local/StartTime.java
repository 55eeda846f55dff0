package dev.trunkline.local;

import java.time.Duration;

/**
 * How long a part took to start.
 *
 * @param begun when it was begun, after the suite's own start began
 * @param ready when it could do its work, from the same moment
 * @param cpu what its processes had used by then; zero where that is not known
 */
public record StartTime(Duration begun, Duration ready, Duration cpu) {
    public Duration took() {
        return ready.minus(begun);
    }

    /** Three numbers of milliseconds, as the file of a running suite keeps them. */
    String text() {
        return begun.toMillis() + " " + ready.toMillis() + " " + cpu.toMillis();
    }

    /** @throws IllegalArgumentException if it is not what {@link #text} wrote */
    static StartTime parse(String text) {
        if (!text.matches("\\d{1,12} \\d{1,12} \\d{1,12}")) {
            throw new IllegalArgumentException("not the times of a start: " + text);
        }
        String[] millis = text.split(" ");
        return new StartTime(
                Duration.ofMillis(Long.parseLong(millis[0])),
                Duration.ofMillis(Long.parseLong(millis[1])),
                Duration.ofMillis(Long.parseLong(millis[2])));
    }
}
