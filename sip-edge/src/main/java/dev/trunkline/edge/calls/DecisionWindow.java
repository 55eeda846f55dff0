package dev.trunkline.edge.calls;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import org.jboss.logging.Logger;

/**
 * Limits how many new calls may wait for the suite's decision at once: as many as it has been deciding in time. If more calls
 * arrive than Kafka, router and limiter can decide, a queue in front of them would make every call late: the same number would
 * be decided, and none in time. The excess calls are therefore refused at the door, at once and at little cost, and the others
 * are decided.
 *
 * <p>The window grows with each decision in good time, while half of it is used or it is below its initial size. It grows by
 * one call if the decision took no time, and by less the longer it took. This keeps calls that are merely in flight from
 * inflating the window. When a decision is late, the window becomes half of the waiting calls, once for all calls that waited
 * together. If few calls wait, no queue made the decision late, and nothing changes. (Increase slowly, decrease quickly, as RFC
 * 5681 does; RFC 7339 section 5.3 leaves the choice to the server.) A trunk that holds less than its share of the window is let
 * in even if others have filled it.
 *
 * <p>Thread-safe, without a lock.
 */
public final class DecisionWindow {
    private static final Logger LOG = Logger.getLogger(DecisionWindow.class);
    /** About what a warm suite on two cores decides in a second: that many may arrive at once. */
    static final int FIRST = 1_000;

    static final int SMALLEST = 20;
    static final int LARGEST = 10_000;
    private static final int UNIT = 1_000;

    private final LongSupplier nanos;
    private final long good;
    private final long late;
    /** In thousandths. */
    private final AtomicInteger size = new AtomicInteger(FIRST * UNIT);
    private final AtomicLong halvedAt;
    private final AtomicInteger waiting = new AtomicInteger();
    /** How many trunks have waiting calls. */
    private final AtomicInteger trunks = new AtomicInteger();
    private final Map<String, AtomicInteger> ofTrunk = new ConcurrentHashMap<>();

    /**
     * @param nanos a monotonic clock
     * @param deadline of a decision: within half of it is good time, after three quarters is late
     */
    public DecisionWindow(LongSupplier nanos, Duration deadline) {
        this.nanos = nanos;
        this.good = deadline.toNanos() / 2;
        this.late = deadline.toNanos() / 4 * 3;
        this.halvedAt = new AtomicLong(nanos.getAsLong() - late);
    }

    /** Whether a further call of this trunk would have to wait too long. */
    boolean isFullFor(String trunk) {
        int most = size();
        if (waiting.get() < most) {
            return false;
        }
        AtomicInteger own = ofTrunk.get(trunk);
        int held = own == null ? 0 : own.get();
        int sharers = trunks.get() + (held == 0 ? 1 : 0);
        return held >= most / Math.max(1, sharers);
    }

    /**
     * Registers a call of this trunk as waiting, whether there is room or not.
     *
     * @param waited since it arrived
     * @return to be run when the call is decided or over; running it again has no effect
     */
    Runnable enter(String trunk, Duration waited) {
        long came = nanos.getAsLong() - waited.toNanos();
        AtomicInteger own = calls(trunk);
        waiting.incrementAndGet();
        if (own.getAndIncrement() == 0) {
            trunks.incrementAndGet();
        }
        var held = new AtomicBoolean(true);
        return () -> {
            if (held.compareAndSet(true, false)) {
                learn(nanos.getAsLong() - came);
                waiting.decrementAndGet();
                if (own.decrementAndGet() == 0) {
                    trunks.decrementAndGet();
                }
            }
        };
    }

    private AtomicInteger calls(String trunk) {
        AtomicInteger known = ofTrunk.get(trunk);
        return known != null ? known : ofTrunk.computeIfAbsent(trunk, id -> new AtomicInteger());
    }

    private void learn(long took) {
        if (took >= late) {
            halve();
        } else if (took < good && (waiting.get() * 2 >= size() || size() < FIRST)) {
            int more = (int) (UNIT * (good - took) / good);
            size.updateAndGet(now -> Math.min(now + more, LARGEST * UNIT));
        }
    }

    private void halve() {
        long now = nanos.getAsLong();
        long before = halvedAt.get();
        int waited = waiting.get();
        if (waited > SMALLEST && now - before >= late && halvedAt.compareAndSet(before, now)) {
            size.updateAndGet(was -> Math.max(SMALLEST * UNIT, Math.min(was, waited * UNIT) / 2));
            LOG.warnf("decisions are late: %d calls are waiting for one; while %d or more wait, new calls are refused at once",
                    waited, size());
        }
    }

    /** For metrics. */
    public int size() {
        return size.get() / UNIT;
    }

    /** For metrics. */
    public int waiting() {
        return waiting.get();
    }
}
