package dev.trunkline.bus;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.function.Supplier;

/**
 * How old a record is, as far as another machine's clock can be trusted. The writer's time compared with our own gives the
 * record's age if both clocks are right. If one is wrong, the following still holds: a reader that had read everything a second
 * ago cannot now be reading a record that was written earlier than that. So while a reader keeps up, no other machine's clock can
 * make an incoming record appear old; after an outage, when many records are old, clocks are trusted.
 *
 * <pre>
 *   by the clocks       |------------------- an hour ---------------------|
 *   all was read until                                              |-----| now     no older than this
 * </pre>
 *
 * Thread-safe if its arguments are.
 */
public final class RecordAges {
    /** No call gives anybody more time than this, whatever a record says. */
    private static final Duration LONGEST = Duration.ofDays(1);

    private final InstantSource clock;
    private final Supplier<Duration> longestOnTheWay;

    /**
     * @param clock of this process
     * @param longestOnTheWay the maximum age of what is read now; a very long time if that is not known
     */
    public RecordAges(InstantSource clock, Supplier<Duration> longestOnTheWay) {
        this.clock = clock;
        this.longestOnTheWay = longestOnTheWay;
    }

    /** Returns the age of a record that arrives now. @param written by the writer's clock @return never negative */
    public Duration of(Instant written) {
        Duration byClocks = Duration.between(written, clock.instant());
        Duration most = longestOnTheWay.get();
        Duration age = byClocks.compareTo(most) < 0 ? byClocks : most;
        return age.isNegative() ? Duration.ZERO : age;
    }

    /** Returns when a record that arrives now was written, by this process's clock. @param written by the writer's */
    public Instant here(Instant written) {
        return clock.instant().minus(of(written));
    }

    /**
     * Converts a moment that the writer set in the same way.
     *
     * @param written by the writer's clock
     * @param set by the same clock; the result is as far from the converted {@code written} as this is from {@code written}: not
     *     before it, and at most a day after it
     */
    public Instant here(Instant written, Instant set) {
        Duration left = Duration.between(written, set);
        return here(written).plus(left.compareTo(LONGEST) > 0 ? LONGEST : left.isNegative() ? Duration.ZERO : left);
    }
}
