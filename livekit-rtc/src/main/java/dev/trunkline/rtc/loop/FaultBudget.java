package dev.trunkline.rtc.loop;

import java.time.Duration;

/**
 * How many faults one call or room may have before it is ended: a single one is skipped with the packet that caused it, but
 * what fails again and again is of no use to anybody. Confined to one thread.
 */
public final class FaultBudget {

    private final int most;
    private final long windowNanos;
    private long began;
    private int faults;

    /**
     * @param most faults that are borne within the window, 0 or more
     * @param window begins with the first fault after the former window's end
     */
    public FaultBudget(int most, Duration window) {
        this.most = most;
        this.windowNanos = window.toNanos();
    }

    /** One more. @return whether it is one too many */
    public boolean spent(long nowNanos) {
        if (faults == 0 || nowNanos - began > windowNanos) {
            began = nowNanos;
            faults = 0;
        }
        return ++faults > most;
    }
}
