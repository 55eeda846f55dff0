package dev.trunkline.bus;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.LongSupplier;
import org.jboss.logging.Logger;

/**
 * The time of day as it was when this process began, advanced by the monotonic clock. If the machine's clock is set, by an
 * administrator, by NTP after a start with a wrong time, or by a hypervisor, this clock continues as if nothing had happened: no
 * deadline passes, no lease ends and no duration becomes negative because of it. The clock corrects the difference between the two at a
 * rate of a thousandth of the time that passes. It therefore follows NTP's corrections, which are smaller, while an hour would take six
 * weeks. A restart reads the time afresh.
 *
 * <pre>
 *   machine   ----------.    set an hour ahead    .--------------------
 *                        '........................'
 *   this one  -------------------------------------------------------&gt;  (a thousandth faster)
 * </pre>
 *
 * Never goes backwards. Thread-safe, without a lock.
 */
public final class SteadyClock extends Clock {
    private static final Logger LOG = Logger.getLogger(SteadyClock.class);
    /** One part in this many of the time that passes corrects the difference between the clocks; crystals drift by a tenth of that. */
    private static final long PARTS = 1_000;
    private static final long BETWEEN_LOOKS = Duration.ofSeconds(1).toNanos();
    /** If the clocks differ by more than before, and by at least this much, the log reports it. */
    private static final long TOLD = Duration.ofSeconds(5).toNanos();

    private final InstantSource machine;
    private final LongSupplier nanos;
    private final AtomicReference<Reading> last;

    /** @param at what this clock showed at {@code nanos} @param ahead by how much the machine's clock was ahead of it, in nanoseconds */
    private record Reading(Instant at, long nanos, long ahead) {
        Instant on(long now) {
            long passed = now - nanos;
            // For a thread that read the monotonic clock before this reading was made.
            long most = Math.max(0, passed / PARTS);
            return at.plusNanos(passed + Math.clamp(ahead, -most, most));
        }
    }

    /** The single instance of this process: everything that a process says about time uses one clock. */
    private static final class OfThisProcess {
        static final SteadyClock CLOCK = new SteadyClock(InstantSource.system(), System::nanoTime);
    }

    /**
     * @param machine the machine's clock, which may be set
     * @param nanos as {@link System#nanoTime}
     */
    SteadyClock(InstantSource machine, LongSupplier nanos) {
        this.machine = machine;
        this.nanos = nanos;
        this.last = new AtomicReference<>(new Reading(machine.instant(), nanos.getAsLong(), 0));
    }

    /** Returns the clock by which this process measures time that others read, or that it compares with what others wrote. */
    public static SteadyClock ofThisProcess() {
        return OfThisProcess.CLOCK;
    }

    @Override
    public Instant instant() {
        long now = nanos.getAsLong();
        Reading reading = last.get();
        return now - reading.nanos < BETWEEN_LOOKS ? reading.on(now) : looked(reading, now).on(now);
    }

    private Reading looked(Reading before, long now) {
        Instant at = before.on(now);
        long ahead = nanosBetween(at, machine.instant());
        if (!last.compareAndSet(before, new Reading(at, now, ahead))) {
            return last.get();
        }
        if (Math.abs(ahead) >= TOLD && Math.abs(ahead - before.ahead) >= TOLD) {
            LOG.warnf("the machine's clock was set: it is %+.1f s off this process's own clock; a restart adopts the new time",
                    ahead / 1e9);
        }
        return last.get();
    }

    /** If a machine's clock is off by centuries, so is the result. */
    private static long nanosBetween(Instant from, Instant to) {
        try {
            return Duration.between(from, to).toNanos();
        } catch (ArithmeticException e) {
            return to.isAfter(from) ? Long.MAX_VALUE / 2 : Long.MIN_VALUE / 2;
        }
    }

    @Override
    public ZoneId getZone() {
        return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
        InstantSource time = this;
        return zone.equals(getZone()) ? this : ((InstantSource) time::instant).withZone(zone);
    }
}
