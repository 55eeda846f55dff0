package dev.trunkline.bus;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * Whether the machine's clock was set back. A member of a group must know, for Kafka's client counts its heartbeats by that clock: it sends
 * none until the clock is where it was, is taken for dead, and has its partitions taken away again and again. One that is made anew counts
 * from the new time. For one thread.
 */
final class SetBack {
    /** By half of the time after which a member that sends no heartbeat is taken for dead. */
    private static final long LEAST_MILLIS = Duration.ofSeconds(3).toMillis();

    private final LongSupplier millis;
    private final LongSupplier nanos;
    private long apart;

    /**
     * @param millis as {@link System#currentTimeMillis}
     * @param nanos as {@link System#nanoTime}
     */
    SetBack(LongSupplier millis, LongSupplier nanos) {
        this.millis = millis;
        this.nanos = nanos;
        this.apart = apart();
    }

    private long apart() {
        return millis.getAsLong() - TimeUnit.NANOSECONDS.toMillis(nanos.getAsLong());
    }

    /** Whether it was since this was asked last, or made. */
    boolean look() {
        long before = apart;
        apart = apart();
        return before - apart >= LEAST_MILLIS;
    }
}
