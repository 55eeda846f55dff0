package dev.trunkline.relay.bridge;

import java.time.Duration;
import java.util.OptionalLong;

/**
 * Detects that a phone is gone: no RTP and no RTCP for too long. Counts from the answer, because a phone need not send before it.
 * A phone that said that it will not send, or that is on hold, may be silent for long, but not for ever: it may have disappeared
 * without signalling it. Not thread-safe.
 *
 * <pre>
 *   UNANSWERED --answered--> WATCHING --may be silent--> EXCUSED --must send--> WATCHING
 *                               +--silence--> reported once <--longest hold--+
 * </pre>
 */
final class LifeWatch {
    /** Factor of the timeout after comfort noise: a phone that signals silence may do so only once, and is allowed more time. */
    private static final int PATIENCE_AFTER_COMFORT_NOISE = 5;

    private final long timeoutNanos;
    private final long longestHoldNanos;
    private boolean silentByItsWord;
    private boolean answered;
    private boolean excused;
    private boolean reported;
    private long lastSign;
    private boolean heard;
    private long lastHeard;

    LifeWatch(Duration timeout, Duration longestHold) {
        this.timeoutNanos = timeout.toNanos();
        this.longestHoldNanos = longestHold.toNanos();
    }

    void answered(long nowNanos) {
        if (!answered) {
            answered = true;
            lastSign = nowNanos;
        }
    }

    /** @param mayBeSilent whether the phone need not send from now on */
    void excused(boolean mayBeSilent, long nowNanos) {
        if (excused != mayBeSilent) {
            lastSign = nowNanos;
        }
        excused = mayBeSilent;
    }

    /** Returns whether the phone need not send now. */
    boolean excused() {
        return excused;
    }

    void signOfLife(long nowNanos) {
        lastSign = nowNanos;
        lastHeard = nowNanos;
        heard = true;
        silentByItsWord = false;
    }

    /** Returns when the last packet came; empty if none did. An answer or a hold is not a packet. */
    OptionalLong lastHeard() {
        return heard ? OptionalLong.of(lastHeard) : OptionalLong.empty();
    }

    /** The latest sign of life was comfort noise (RFC 3389). */
    void comfortNoise() {
        silentByItsWord = true;
    }

    /** @return true once, when the phone has been silent for too long */
    boolean timedOut(long nowNanos) {
        if (!answered || reported || nowNanos - lastSign < patience()) {
            return false;
        }
        reported = true;
        return true;
    }

    private long patience() {
        if (excused) {
            return Math.max(timeoutNanos, longestHoldNanos);
        }
        return silentByItsWord ? PATIENCE_AFTER_COMFORT_NOISE * timeoutNanos : timeoutNanos;
    }
}
