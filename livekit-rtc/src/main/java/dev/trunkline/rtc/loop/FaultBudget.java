package dev.trunkline.rtc.loop;

import java.time.Duration;

/**
 * Limits how many faults one call or room may have before it is ended: a single fault only skips the packet that caused it,
 * but a call or room that fails again and again is useless. Confined to one thread.
 */
public final class FaultBudget {

    private final int most;
    private final long windowNanos;
    private long began;
    private int faults;

    /**
     * @param most faults tolerated within the window, 0 or more
     * @param window begins with the first fault after the end of the previous window
     */
    public FaultBudget(int most, Duration window) {
        this.most = most;
        this.windowNanos = window.toNanos();
    }

    /** Counts a fault. @return whether it exceeds the budget */
    public boolean spent(long nowNanos) {
        if (faults == 0 || nowNanos - began > windowNanos) {
            began = nowNanos;
            faults = 0;
        }
        return ++faults > most;
    }
}
