package dev.trunkline.limiter.calls;

import java.time.Duration;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * For how long expired leases still count, because their renewals may not have been read: Kafka was silent, or this
 * process was stopped. A call's slot is not free because its limiter was deaf.
 *
 * <pre>
 *   hearing: none --deaf for d--&gt; d, growing --hears again--&gt; d, until a heartbeat of each call must have come
 * </pre>
 *
 * Thread-safe. Queried at each decision, so it already applies to the first call after a silence.
 */
public final class Leeway implements Supplier<Duration> {
    private final Supplier<Duration> deafFor;
    private final LongSupplier nanoTime;
    private final Duration kept;
    private Duration longest = Duration.ZERO;
    private long lastDeaf;

    /**
     * @param kept how long it lasts after a silence; the lease, within which each living call sends three heartbeats
     */
    public Leeway(Supplier<Duration> deafFor, LongSupplier nanoTime, Duration kept) {
        this.deafFor = deafFor;
        this.nanoTime = nanoTime;
        this.kept = kept;
    }

    @Override
    public synchronized Duration get() {
        Duration deaf = deafFor.get();
        long now = nanoTime.getAsLong();
        if (!deaf.isZero()) {
            lastDeaf = now;
            longest = deaf.compareTo(longest) > 0 ? deaf : longest;
        } else if (!longest.isZero() && now - lastDeaf > kept.toNanos()) {
            longest = Duration.ZERO;
        }
        return longest;
    }
}
