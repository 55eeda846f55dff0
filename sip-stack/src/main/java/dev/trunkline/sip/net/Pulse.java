package dev.trunkline.sip.net;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;

/** Whether a thread that serves many still answers: it is asked, and says so when it comes by. Thread-safe. */
public final class Pulse {
    private static final long LONGEST = Duration.ofSeconds(1).toNanos();
    private static final long NOT_ASKED = Long.MIN_VALUE;

    private final LongSupplier nanoTime;
    private final AtomicLong asked = new AtomicLong(NOT_ASKED);

    public Pulse(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
    }

    /** Asks, unless a question waits for its answer. */
    public void ask() {
        asked.compareAndSet(NOT_ASKED, nanoTime.getAsLong());
    }

    /** The thread came by. */
    public void answer() {
        asked.set(NOT_ASKED);
    }

    /** No question has waited for longer than a second. */
    public boolean alive() {
        long since = asked.get();
        return since == NOT_ASKED || nanoTime.getAsLong() - since <= LONGEST;
    }
}
