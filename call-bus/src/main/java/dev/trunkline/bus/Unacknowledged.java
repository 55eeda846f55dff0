package dev.trunkline.bus;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * What Kafka's producer has accepted and Kafka has not acknowledged. A producer that once knew its brokers accepts records
 * even while they are unavailable, and nothing can be taken back from it: if no acknowledgements arrive, it should be given no
 * more. Thread-safe.
 */
final class Unacknowledged {
    /** An acknowledgement takes milliseconds; a broker in a garbage collection pause takes a few hundred. */
    static final Duration SILENCE = Duration.ofMillis(500);

    private final AtomicInteger events = new AtomicInteger();
    private volatile long lastHeard;

    /** @param now of {@link System#nanoTime} */
    void taken(long now) {
        if (events.get() == 0) {
            lastHeard = now;
        }
        events.incrementAndGet();
    }

    /** Acknowledged, or given up. */
    void settled(long now) {
        lastHeard = now;
        events.decrementAndGet();
    }

    /** Whether something waits for an acknowledgement, and none has come for half a second. */
    boolean silent(long now) {
        return events.get() > 0 && now - lastHeard > SILENCE.toNanos();
    }
}
