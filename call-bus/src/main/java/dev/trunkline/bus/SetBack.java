package dev.trunkline.bus;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * Detects that the machine's clock was set back. A group member must know, because Kafka's client counts its heartbeats by that clock: it
 * sends none until the clock is back where it was, is considered dead, and has its partitions revoked again and again. A new client counts
 * from the new time. For one thread.
 */
final class SetBack {
    /** Half of the time after which a member that sends no heartbeat is considered dead. */
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

    /** Whether the clock was set back since the last call, or since this was created. */
    boolean look() {
        long before = apart;
        apart = apart();
        return before - apart >= LEAST_MILLIS;
    }
}
