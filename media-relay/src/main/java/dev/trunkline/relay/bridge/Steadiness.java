package dev.trunkline.relay.bridge;

/**
 * Tells a track that has stopped from one that pauses. Whoever speaks by WebRTC sends without a pause, silence too (Opus with DTX
 * each 400 ms); so one who did so for long and then sends nothing, and has not muted the track, is gone, long before LiveKit
 * misses the connection. Opus is taken for that from its first packet on, until it makes a pause all the same: an agent may die in
 * its first second. A track with pauses of its own never counts as stopped. So has a track stopped that is expected, for whoever
 * publishes it answers the caller, and of which nothing comes at all. Not thread-safe.
 */
final class Steadiness {
    /** Longer than any gap of a track that sends without pause. */
    private static final long PAUSE_NANOS = 500_000_000;
    /** A track that went on for so long without a pause makes none. */
    private static final long STEADY_NANOS = 5_000_000_000L;
    /** So soon a track that made no pause has stopped: the caller is to hear something within the second. */
    static final long STOPPED_NANOS = 800_000_000;

    /** LiveKit has missed by now whoever has gone; so a track that nobody took away is one that pauses. */
    static final long MISSED_NANOS = 30_000_000_000L;

    private boolean expected;
    private long expectedNanos;
    private boolean begun;
    private boolean muted;
    private boolean paused;
    private boolean opus;
    private long sinceNanos;
    private long lastNanos;

    /** A packet came. @param inOpus whether it is Opus, which nearly nobody sends who does not send it by WebRTC */
    void packet(boolean inOpus, long nowNanos) {
        if (!begun || nowNanos - lastNanos > PAUSE_NANOS) {
            sinceNanos = nowNanos;
            paused = begun;
        }
        opus = inOpus;
        begun = true;
        lastNanos = nowNanos;
    }

    /** Something is to come from now on; told again, it counts from then. */
    void expect(long nowNanos) {
        expected = true;
        expectedNanos = nowNanos;
    }

    /** Whoever speaks has muted the track, or no longer. */
    void muted(boolean now) {
        muted = now;
    }

    boolean stopped(long nowNanos) {
        long quiet = nowNanos - (begun ? lastNanos : expectedNanos);
        boolean steady = begun ? opus && !paused || lastNanos - sinceNanos >= STEADY_NANOS : expected;
        return !muted && steady && quiet >= STOPPED_NANOS && quiet < MISSED_NANOS;
    }

    /** Whether a packet came lately enough that nothing has stopped. */
    boolean goesOn(long nowNanos) {
        return begun && nowNanos - lastNanos < STOPPED_NANOS;
    }
}
