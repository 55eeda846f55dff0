package dev.trunkline.sip.net;

import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BiConsumer;
import java.util.function.LongSupplier;
import org.jboss.logging.Logger;

/**
 * Collects what single messages, timers or tasks threw on a thread that also serves others. Such a thread catches Throwable
 * around each and reports it here. It is passed to the program's own count, and logged at most once a second, because a peer
 * that can cause one fault can cause a thousand. Thread-safe; never throws.
 */
public final class Faults {
    private static final Logger LOG = Logger.getLogger(Faults.class);
    private static final long BETWEEN_LINES = 1_000_000_000L;

    private final BiConsumer<String, Throwable> listener;
    private final LongSupplier nanoTime;
    private final AtomicLong nextLine;

    /** @param listener receives the place, one of a small fixed set such as {@code sip-lane-message}, and what was thrown there */
    public Faults(BiConsumer<String, Throwable> listener, LongSupplier nanoTime) {
        this.listener = listener;
        this.nanoTime = nanoTime;
        this.nextLine = new AtomicLong(nanoTime.getAsLong());
    }

    public void caught(String where, Throwable fault) {
        try {
            listener.accept(where, fault);
            long now = nanoTime.getAsLong();
            long next = nextLine.get();
            if (now - next >= 0 && nextLine.compareAndSet(next, now + BETWEEN_LINES)) {
                LOG.errorf(
                        fault, "where=%s a fault was contained; the work that caused it was abandoned, everything else continues", where);
            }
        } catch (Throwable again) {
            // Out of memory while reporting it: the caller continues all the same.
        }
    }

    /** Runs a unit of work, and reports what it throws. @return whether it completed normally */
    public boolean contain(String where, Runnable unit) {
        try {
            unit.run();
            return true;
        } catch (Throwable fault) {
            caught(where, fault);
            return false;
        }
    }
}
