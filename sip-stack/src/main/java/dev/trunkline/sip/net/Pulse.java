package dev.trunkline.sip.net;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;

/** Checks whether a shared thread still runs: it is asked, and answers on its next turn. Thread-safe. */
public final class Pulse {
    private static final long LONGEST = Duration.ofSeconds(1).toNanos();
    private static final long NOT_ASKED = Long.MIN_VALUE;

    private final LongSupplier nanoTime;
    private final AtomicLong asked = new AtomicLong(NOT_ASKED);

    public Pulse(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
    }

    /** Asks, unless a question is still unanswered. */
    public void ask() {
        asked.compareAndSet(NOT_ASKED, nanoTime.getAsLong());
    }

    /** Answers; called by the thread on each turn. */
    public void answer() {
        asked.set(NOT_ASKED);
    }

    /** Returns whether no question has been unanswered for longer than a second. */
    public boolean alive() {
        long since = asked.get();
        return since == NOT_ASKED || nanoTime.getAsLong() - since <= LONGEST;
    }
}
