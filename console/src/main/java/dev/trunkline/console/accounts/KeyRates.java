package dev.trunkline.console.accounts;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * How many requests a key may make: a bucket each that holds a minute's, and fills by the time. Thread-safe; each replica counts for
 * itself.
 */
public final class KeyRates {
    /** Buckets that are kept; of one that goes a new one is full. */
    private static final int KEPT = 10_000;
    private static final Duration MINUTE = Duration.ofMinutes(1);

    private final int aMinute;
    private final InstantSource clock;
    private final Map<UUID, Bucket> buckets = new LinkedHashMap<>();

    private record Bucket(double left, Instant at) {}

    /** @param aMinute requests, 1 or more */
    public KeyRates(int aMinute, InstantSource clock) {
        this.aMinute = aMinute;
        this.clock = clock;
    }

    /** Counts a request. @return how long to wait with the next; empty where it may be made */
    synchronized Optional<Duration> take(UUID key) {
        Instant now = clock.instant();
        double perSecond = aMinute / (double) MINUTE.toSeconds();
        Bucket before = Optional.ofNullable(buckets.remove(key)).orElse(new Bucket(aMinute, now));
        double left = Math.min(aMinute, before.left() + perSecond * Duration.between(before.at(), now).toNanos() / 1e9);
        boolean may = left >= 1;
        buckets.put(key, new Bucket(may ? left - 1 : left, now));
        if (buckets.size() > KEPT) {
            buckets.remove(buckets.keySet().iterator().next());
        }
        return may ? Optional.empty() : Optional.of(Duration.ofMillis((long) Math.ceil((1 - left) / perSecond * 1_000)));
    }
}
