package dev.trunkline.bus;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import org.jboss.logging.Logger;

/**
 * Faults that one call caused in code that also serves other calls, and that were contained there. Each such place (a receiver,
 * a loop, a timer, a mailbox, a poller) catches Throwable around its smallest unit, reports it here, releases what the unit
 * held, and continues. Counted as {@code trunkline_contained_faults_total{where}}; logged with a stack trace at most once a
 * second per place, because a caller who can cause one fault can cause a thousand a second. Thread-safe; never throws.
 */
public final class ContainedFaults {
    private static final Logger LOG = Logger.getLogger(ContainedFaults.class);
    private static final long BETWEEN_LINES = Duration.ofSeconds(1).toNanos();

    private final MeterRegistry registry;
    private final LongSupplier nanoTime;
    private final Map<String, Place> places = new ConcurrentHashMap<>();

    private record Place(Counter counter, AtomicLong nextLine) {}

    public ContainedFaults(MeterRegistry registry) {
        this(registry, System::nanoTime);
    }

    /** For tools and tests, where nobody reads metrics. */
    public static ContainedFaults logged() {
        return new ContainedFaults(new SimpleMeterRegistry());
    }

    ContainedFaults(MeterRegistry registry, LongSupplier nanoTime) {
        this.registry = registry;
        this.nanoTime = nanoTime;
    }

    /**
     * @param where the place, as a value of a metric's tag: {@code media-loop}, {@code call-mailbox}. One of a fixed few, never
     *     derived from network input
     */
    public void caught(String where, Throwable fault) {
        try {
            Place place = places.computeIfAbsent(where, this::place);
            place.counter().increment();
            long now = nanoTime.getAsLong();
            long next = place.nextLine().get();
            if (now - next >= 0 && place.nextLine().compareAndSet(next, now + BETWEEN_LINES)) {
                LOG.errorf(fault, "where=%s a fault was contained: what caused it was abandoned, everything else continues", where);
            }
        } catch (Throwable again) {
            // Out of memory while reporting it: the calling place continues all the same.
        }
    }

    /** Returns the same task, wrapped so that it never throws. */
    public Runnable guarded(String where, Runnable task) {
        return () -> {
            try {
                task.run();
            } catch (Throwable fault) {
                caught(where, fault);
            }
        };
    }

    private Place place(String where) {
        var counter = Counter.builder("trunkline.contained.faults")
                .description("Faults that ended one unit of work (a packet, a message, a call) and nothing else")
                .tag("where", where)
                .register(registry);
        return new Place(counter, new AtomicLong(nanoTime.getAsLong()));
    }
}
