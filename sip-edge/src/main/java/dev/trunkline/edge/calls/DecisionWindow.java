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
 * How many new calls may wait for the suite's decision at once: as many as it has been deciding in time. Where more come than
 * Kafka, router and limiter can decide, a queue before them would make every call late: as many would be decided as ever, and
 * none in time. So those that are too many are refused at the door, at once and at little cost, and the others are decided.
 *
 * <p>The window grows with each decision in good time, while half of it is used or it is below what it began with: by one call
 * if the decision took no time, by less the longer it took, so that it does not outgrow what is only then on its way. When a
 * decision is late it becomes half of what waits, once for all that waited together; where few wait, no queue made it late, and
 * nothing changes. (Increase slowly, decrease quickly, as
 * RFC 5681 does; RFC 7339 section 5.3 leaves the choice to the server.) A trunk that holds less than its share of it is let in
 * though others have filled it.
 *
 * <p>Thread-safe, and takes no lock.
 */
public final class DecisionWindow {
    private static final Logger LOG = Logger.getLogger(DecisionWindow.class);
    /** About what a suite decides in a second on two cores when it is warm: so many may come at once. */
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
    /** How many trunks have calls that wait. */
    private final AtomicInteger trunks = new AtomicInteger();
    private final Map<String, AtomicInteger> ofTrunk = new ConcurrentHashMap<>();

    /**
     * @param nanos a clock that never goes back
     * @param deadline of a decision: half of it is good time, three quarters are late
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
     * A call of this trunk waits from now on, whether there is room or not.
     *
     * @param waited since it came
     * @return to be run when it is decided or over; a second time does no harm
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
            LOG.warnf("decisions are late: %d calls wait for one; while %d or more do, new ones are refused at the door",
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
