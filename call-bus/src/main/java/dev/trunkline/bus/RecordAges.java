package dev.trunkline.bus;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.function.Supplier;

/**
 * How old what was read is, as far as another machine's clock can be believed. The writer's time against our own says how old a
 * record is if both clocks are right. If one is not, this is: whoever had read everything a second ago reads nothing now that was
 * written longer ago. So while a reader keeps up no clock of another makes what comes old, and after an outage, where much is old,
 * clocks are believed.
 *
 * <pre>
 *   by the clocks       |------------------- an hour ---------------------|
 *   all was read until                                              |-----| now     no older than this
 * </pre>
 *
 * Thread-safe, if what it is given is.
 */
public final class RecordAges {
    /** No call gives anybody more time, whatever a record says. */
    private static final Duration LONGEST = Duration.ofDays(1);

    private final InstantSource clock;
    private final Supplier<Duration> longestOnTheWay;

    /**
     * @param clock of this process
     * @param longestOnTheWay how long ago at most what is read now was written; a very long time where nobody can say
     */
    public RecordAges(InstantSource clock, Supplier<Duration> longestOnTheWay) {
        this.clock = clock;
        this.longestOnTheWay = longestOnTheWay;
    }

    /** How long ago something was written that comes now. @param written by the writer's clock @return never negative */
    public Duration of(Instant written) {
        Duration byClocks = Duration.between(written, clock.instant());
        Duration most = longestOnTheWay.get();
        Duration age = byClocks.compareTo(most) < 0 ? byClocks : most;
        return age.isNegative() ? Duration.ZERO : age;
    }

    /** When something was written that comes now, by this process's clock. @param written by the writer's */
    public Instant here(Instant written) {
        return clock.instant().minus(of(written));
    }

    /**
     * The same of a moment that the writer set.
     *
     * @param written by the writer's clock
     * @param set by the same clock, and to be kept as far from {@code written} as it is: not before it, and a day after it at most
     */
    public Instant here(Instant written, Instant set) {
        Duration left = Duration.between(written, set);
        return here(written).plus(left.compareTo(LONGEST) > 0 ? LONGEST : left.isNegative() ? Duration.ZERO : left);
    }
}
