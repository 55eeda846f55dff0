package dev.trunkline.edge.calls;

import java.time.Duration;
import java.util.concurrent.CompletionStage;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * A clock that runs only while this edge reads what Kafka has. With it the silence of a relay is measured: while Kafka is
 * away nobody can be heard, and that says nothing of anybody. Each second the tail is asked to read to its end, and the time
 * counts for which that was done at once; what lies unread after a silence is read before time goes on. Thread-safe.
 */
public final class Hearing {
    private static final Duration BETWEEN = Duration.ofSeconds(1);
    /** A reading to the end that takes longer began or ended in silence. */
    private static final Duration PROMPT = Duration.ofSeconds(3);

    private final Supplier<CompletionStage<Void>> readToEnd;
    private final LongSupplier nanos;
    private long heard;
    private long last;

    public Hearing(Supplier<CompletionStage<Void>> readToEnd, LongSupplier nanos) {
        this.readToEnd = readToEnd;
        this.nanos = nanos;
        this.last = nanos.getAsLong();
    }

    public void start(Timers timers) {
        began();
        look(timers);
    }

    private void look(Timers timers) {
        try {
            readToEnd.get().whenComplete((done, failure) -> {
                if (failure == null) {
                    read();
                }
                timers.after(BETWEEN, () -> look(timers));
            });
        } catch (Throwable fault) {
            timers.after(BETWEEN, () -> look(timers));
            throw fault;
        }
    }

    private synchronized void began() {
        last = nanos.getAsLong();
    }

    /** Everything that was there has been heard. */
    synchronized void read() {
        long now = nanos.getAsLong();
        if (now - last <= BETWEEN.plus(PROMPT).toNanos()) {
            heard += now - last;
        }
        last = now;
    }

    /** How long the suite could be heard since the beginning. */
    synchronized Duration heard() {
        return Duration.ofNanos(heard);
    }

    /** Whether it can be heard now. */
    public synchronized boolean hears() {
        return nanos.getAsLong() - last <= BETWEEN.plus(PROMPT).toNanos();
    }
}
