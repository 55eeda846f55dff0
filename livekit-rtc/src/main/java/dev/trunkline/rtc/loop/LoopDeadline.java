package dev.trunkline.rtc.loop;

import java.time.Duration;
import java.util.OptionalLong;
import java.util.function.LongSupplier;

/**
 * Wakes a state machine that determines when it wants to be woken ({@code nextTimeout} and {@code onTimer}). Confined to
 * its loop.
 */
public final class LoopDeadline {

    /** Delay before a machine is woken again that failed without setting its next deadline. */
    private static final Duration AFTER_FAULT = Duration.ofMillis(200);

    private final MediaLoop loop;
    private final LongSupplier nanoClock;
    private final Runnable onTimer;
    private OptionalLong armed = OptionalLong.empty();
    private LoopTimer timer;
    private boolean closed;

    /** @param onTimer is called on the loop, and arms this again if needed */
    public LoopDeadline(MediaLoop loop, LongSupplier nanoClock, Runnable onTimer) {
        this.loop = loop;
        this.nanoClock = nanoClock;
        this.onTimer = onTimer;
        this.timer = loop.schedule(Duration.ZERO, () -> { });
    }

    /** @param nanos when to wake, on the clock's scale; empty for never. Replaces the previous deadline. */
    public void arm(OptionalLong nanos) {
        if (closed || nanos.equals(armed)) {
            return;
        }
        timer.cancel();
        armed = nanos;
        if (nanos.isPresent()) {
            Duration delay = Duration.ofNanos(Math.max(0, nanos.getAsLong() - nanoClock.getAsLong()));
            timer = loop.schedule(delay, this::fire);
        }
    }

    /** Never wakes again. */
    public void close() {
        closed = true;
        timer.cancel();
    }

    private void fire() {
        armed = OptionalLong.empty();
        try {
            onTimer.run();
        } catch (Throwable fault) {
            loop.contained("loop-deadline", fault);
            if (armed.isEmpty()) {
                arm(OptionalLong.of(nanoClock.getAsLong() + AFTER_FAULT.toNanos()));
            }
        }
    }
}
