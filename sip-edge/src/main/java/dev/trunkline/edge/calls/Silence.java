package dev.trunkline.edge.calls;

import dev.trunkline.edge.call.CallTimer;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Set;
import java.util.function.LongSupplier;

/**
 * How long the suite has been silent. A call's wait for other services is over only when everything was read that they
 * published until then: while Kafka is unavailable no service can be heard, and that proves nothing about any of them.
 *
 * @param nanos as {@link System#nanoTime}
 * @param readUntil all events that were written by then have been handled; counts as {@code nanos} does
 */
public record Silence(LongSupplier nanos, LongSupplier readUntil) {
    /** Timers that wait for an event of the suite. */
    private static final Set<CallTimer> OF_THE_SUITE =
            EnumSet.of(CallTimer.MEDIA, CallTimer.PATIENCE, CallTimer.HEARTBEAT, CallTimer.ORPHANED);
    /** Between two checks, if little time is left. */
    private static final Duration LEAST = Duration.ofMillis(200);

    long now() {
        return nanos.getAsLong();
    }

    /** @return how much longer a timer must run that began at {@code began} and has run for {@code after}; zero if it is over */
    Duration left(CallTimer timer, Duration after, long began) {
        if (!OF_THE_SUITE.contains(timer)) {
            return Duration.ZERO;
        }
        Duration left = after.minusNanos(readUntil.getAsLong() - began);
        return left.isPositive() && left.compareTo(LEAST) < 0 ? LEAST : left.isNegative() ? Duration.ZERO : left;
    }
}
