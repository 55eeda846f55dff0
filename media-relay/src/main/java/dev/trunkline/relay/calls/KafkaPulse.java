package dev.trunkline.relay.calls;

import java.time.Duration;
import java.util.concurrent.CompletionStage;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * Whether Kafka is really read: asks again and again for everything that is there to be read, and remembers when that was last
 * done. A reader that lives and hears nothing looks the same as one that is deaf; this tells them apart. Thread-safe.
 */
final class KafkaPulse {
    private final Supplier<CompletionStage<Void>> heard;
    private final LongSupplier nanos;
    private volatile boolean asking;
    private volatile long lastHeard;

    /** @param heard completes once everything is handled that is on Kafka at the time of asking */
    KafkaPulse(Supplier<CompletionStage<Void>> heard, LongSupplier nanos) {
        this.heard = heard;
        this.nanos = nanos;
        this.lastHeard = nanos.getAsLong();
    }

    /** Asks, unless the last question waits for its answer still. */
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

    /** How old is what is known of Kafka. */
    Duration age() {
        return Duration.ofNanos(nanos.getAsLong() - lastHeard);
    }
}
