package dev.trunkline.relay.calls;

import java.time.Duration;
import java.util.concurrent.CompletionStage;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * Tracks whether Kafka is really being read: periodically asks for everything that is there to read, and remembers when that last
 * succeeded. A live reader that receives nothing looks the same as a deaf one; this distinguishes them. Thread-safe.
 */
final class KafkaPulse {
    private final Supplier<CompletionStage<Void>> heard;
    private final LongSupplier nanos;
    private volatile boolean asking;
    private volatile long lastHeard;

    /** @param heard completes once everything that is on Kafka at the time of asking is handled */
    KafkaPulse(Supplier<CompletionStage<Void>> heard, LongSupplier nanos) {
        this.heard = heard;
        this.nanos = nanos;
        this.lastHeard = nanos.getAsLong();
    }

    /** Asks, unless the last question is still unanswered. */
    void ask() {
        if (!asking) {
            asking = true;
            long asked = nanos.getAsLong();
            heard.get().whenComplete((done, failure) -> {
                asking = false;
                if (failure == null) {
                    lastHeard = asked;
                }
            });
        }
    }

    /** Returns the age of what is known from Kafka. */
    Duration age() {
        return Duration.ofNanos(nanos.getAsLong() - lastHeard);
    }
}
