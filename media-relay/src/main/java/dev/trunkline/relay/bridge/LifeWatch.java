package dev.trunkline.relay.bridge;

import java.time.Duration;

/**
 * Notices that a phone is gone: no RTP, no RTCP, no hold for too long. Counts from the answer, as before it a phone need
 * not send. Not thread-safe.
 *
 * <pre>
 *   UNANSWERED --answered--> WATCHING --hold--> HELD --resume--> WATCHING
 *                               +--silence--> reported once
 * </pre>
 */
final class LifeWatch {
    /** A phone that said that it is silent may say it but once, and is given more time. */
    private static final int PATIENCE_AFTER_COMFORT_NOISE = 5;

    private final long timeoutNanos;
    private boolean silentByItsWord;
    private boolean answered;
    private boolean held;
    private boolean reported;
    private long lastSign;

    LifeWatch(Duration timeout) {
        this.timeoutNanos = timeout.toNanos();
    }

    void answered(long nowNanos) {
        if (!answered) {
            answered = true;
            lastSign = nowNanos;
        }
    }

    void held(boolean onHold, long nowNanos) {
        if (held && !onHold) {
            lastSign = nowNanos;
        }
        held = onHold;
    }

    void signOfLife(long nowNanos) {
        lastSign = nowNanos;
        silentByItsWord = false;
    }

    /** The last sign of life was comfort noise (RFC 3389). */
    void comfortNoise() {
        silentByItsWord = true;
    }

    /** @return true once, when the phone has been silent for too long */
    boolean timedOut(long nowNanos) {
        if (!answered || held || reported || nowNanos - lastSign < patience()) {
            return false;
        }
        reported = true;
        return true;
    }

    private long patience() {
        return silentByItsWord ? PATIENCE_AFTER_COMFORT_NOISE * timeoutNanos : timeoutNanos;
    }
}
