package dev.trunkline.rtc.sctp;

import java.util.OptionalLong;

/** A deadline on the association's clock, which may be set or not. */
final class Timer {
    private boolean running;
    private long deadline;

    void start(long now, long delayNanos) {
        running = true;
        deadline = now + delayNanos;
    }

    void stop() {
        running = false;
    }

    boolean isRunning() {
        return running;
    }

    OptionalLong deadline() {
        return running ? OptionalLong.of(deadline) : OptionalLong.empty();
    }

    /** Returns true once when the deadline has passed; the timer is then stopped. */
    boolean expire(long now) {
        if (!running || deadline - now > 0) {
            return false;
        }
        running = false;
        return true;
    }
}
