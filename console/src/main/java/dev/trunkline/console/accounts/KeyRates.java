package dev.trunkline.console.accounts;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * Limits how many requests a key may make: a token bucket per key that holds a minute's requests and refills over time. Thread-safe; each
 * replica counts separately.
 */
public final class KeyRates {
    /** Buckets kept; the bucket of an evicted key starts full again. */
    private static final int KEPT = 10_000;
    private static final Duration MINUTE = Duration.ofMinutes(1);

    private final int aMinute;
    private final InstantSource clock;
    private final Map<UUID, Bucket> buckets = new LinkedHashMap<>();

    private record Bucket(double left, Instant at) {}

    /** @param aMinute requests per minute, 1 or more */
    public KeyRates(int aMinute, InstantSource clock) {
        this.aMinute = aMinute;
        this.clock = clock;
    }

    /** Counts a request. @return how long to wait before the next one; empty if the request may be made */
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
