package dev.trunkline.edge.relays;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.LongSupplier;

/**
 * Time in which this edge could hear relays. It goes on as far as everything has been read, but by no more than a second and a half at
 * once: a reader that makes a larger step was cut off from Kafka or stood still, and so, perhaps, were the relays.
 *
 * <pre>
 *   read until   1  2  3 ............ 15  16     (Kafka was unavailable for 12 s)
 *   hearing      1  2  3 ............ 4.5 5.5    a relay that is heard again now was never silent
 * </pre>
 *
 * It must be looked at several times a second ({@link RelayTable#keepTime}). Thread-safe.
 */
final class HearingTime {
    /** A reader asks once a second how far it has come; the rest is for the answer and for a garbage collection pause. */
    private static final long MOST_AT_ONCE = Duration.ofMillis(1_500).toNanos();

    private final LongSupplier readUntil;
    private final AtomicReference<Reached> reached;

    private record Reached(long readUntil, long hearing) {
        Reached at(long now) {
            long step = now - readUntil;
            return step <= 0 ? this : new Reached(now, hearing + Math.min(step, MOST_AT_ONCE));
        }
    }

    /**
     * @param start where the time begins, on the scale of {@code readUntil}
     * @param readUntil everything that was written by then has been handled, in nanoseconds
     */
    HearingTime(long start, LongSupplier readUntil) {
        this.readUntil = readUntil;
        this.reached = new AtomicReference<>(new Reached(start, 0));
    }

    /** Returns the time since the start, in nanoseconds. */
    long nanos() {
        return look().hearing();
    }

    /** Returns what {@link #nanos} will be when everything is read that was written by now. @param now on the scale of the readers */
    long nanosAt(long now) {
        Reached so = look();
        return so.hearing() + Math.clamp(now - so.readUntil(), 0, MOST_AT_ONCE);
    }

    private Reached look() {
        long now = readUntil.getAsLong();
        return reached.updateAndGet(before -> before.at(now));
    }
}
