package dev.trunkline.edge.trunks;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.function.LongSupplier;

/**
 * How much strangers may send: a rate of messages from one address (or IPv6 network of 64 bits), and a rate from all
 * together. Each rate is a moment up to which the accepted messages are paid for (the generic cell rate algorithm). Addresses
 * share a table of fixed size by a hash that nobody outside knows, so a flood of made-up addresses takes no memory.
 * Thread-safe, without a lock.
 */
public final class StrangerRate {
    private static final int SLOTS = 1 << 16;
    private static final long SECOND = 1_000_000_000L;
    /** Seconds' worth that may come at once. */
    private static final int BURST_SECONDS = 2;

    private final LongSupplier nanos;
    private final long seed;
    private final long interval;
    private final long totalInterval;
    private final AtomicLongArray paidUntil = new AtomicLongArray(SLOTS);
    private final AtomicLong totalPaidUntil;

    /**
     * @param nanos a monotonic clock
     * @param seed an unpredictable number
     * @param perSource messages a second from one address, 1 or more; twice as many may come at once
     * @param total messages a second from all, 1 or more
     * @throws IllegalArgumentException that says which settings are wrong
     */
    public StrangerRate(LongSupplier nanos, long seed, int perSource, int total) {
        if (perSource < 1 || total < 1) {
            throw new IllegalArgumentException("the limits for strangers must be 1 message per second or more: set"
                    + " TRUNKLINE_SIP_STRANGERS_PER_SOURCE and TRUNKLINE_SIP_STRANGERS_TOTAL, or leave them out");
        }
        this.nanos = nanos;
        this.seed = seed;
        interval = SECOND / perSource;
        totalInterval = SECOND / total;
        long now = nanos.getAsLong();
        totalPaidUntil = new AtomicLong(now);
        for (int i = 0; i < SLOTS; i++) {
            paidUntil.setPlain(i, now);
        }
    }

    boolean takes(InetAddress source) {
        long now = nanos.getAsLong();
        int slot = slot(source);
        while (true) {
            long before = paidUntil.get(slot);
            long after = after(before, now, interval);
            if (after == before) {
                return false;
            }
            if (paidUntil.compareAndSet(slot, before, after)) {
                return takesOfTotal(now);
            }
        }
    }

    private boolean takesOfTotal(long now) {
        while (true) {
            long before = totalPaidUntil.get();
            long after = after(before, now, totalInterval);
            if (after == before) {
                return false;
            }
            if (totalPaidUntil.compareAndSet(before, after)) {
                return true;
            }
        }
    }

    /** @return the same if one more would be too many */
    private static long after(long paidUntil, long now, long interval) {
        long from = paidUntil - now > 0 ? paidUntil : now;
        return from + interval - now > BURST_SECONDS * SECOND ? paidUntil : from + interval;
    }

    private int slot(InetAddress source) {
        byte[] address = source.getAddress();
        long hash = seed;
        int telling = source instanceof Inet4Address ? 4 : 8;
        for (int i = 0; i < telling; i++) {
            hash = (hash ^ address[i] & 0xFF) * 0x9E3779B97F4A7C15L;
            hash ^= hash >>> 29;
        }
        return (int) (hash >>> 48);
    }
}
