package dev.trunkline.relay.bridge;

/**
 * Tells a track that has stopped from one that pauses. A WebRTC sender sends without a pause, even in silence (Opus with DTX every 400 ms).
 * So if it did that for long and then sends nothing, and has not muted the track, it is gone, long before LiveKit misses the connection.
 * Opus is assumed to behave so from its first packet on, until it does pause: an agent may die in its first second. A track with pauses of
 * its own never counts as stopped. A track also counts as stopped if it is expected, because its publisher answers the caller, and none of
 * its packets ever come. Not thread-safe.
 */
final class Steadiness {
    /** Longer than any gap of a track that sends without pause. */
    private static final long PAUSE_NANOS = 500_000_000;
    /** A track that sent for this long without a pause makes none. */
    private static final long STEADY_NANOS = 5_000_000_000L;
    /** Time after which a track that made no pause counts as stopped: the caller is to hear something within the second. */
    static final long STOPPED_NANOS = 800_000_000;

    /** By now LiveKit has missed anybody who is gone; so a track that it has not removed is one that pauses. */
    static final long MISSED_NANOS = 30_000_000_000L;

    private boolean expected;
    private long expectedNanos;
    private boolean begun;
    private boolean muted;
    private boolean paused;
    private boolean opus;
    private long sinceNanos;
    private long lastNanos;

    /** A packet came. @param inOpus whether it is Opus, which almost only WebRTC senders use */
    void packet(boolean inOpus, long nowNanos) {
        if (!begun || nowNanos - lastNanos > PAUSE_NANOS) {
            sinceNanos = nowNanos;
            paused = begun;
        }
        opus = inOpus;
        begun = true;
        lastNanos = nowNanos;
    }

    /** Packets are expected from now on; a repeated call restarts the time. */
    void expect(long nowNanos) {
        expected = true;
        expectedNanos = nowNanos;
    }

    /** The track was muted or unmuted. */
    void muted(boolean now) {
        muted = now;
    }

    boolean stopped(long nowNanos) {
        long quiet = nowNanos - (begun ? lastNanos : expectedNanos);
        boolean steady = begun ? opus && !paused || lastNanos - sinceNanos >= STEADY_NANOS : expected;
        return !muted && steady && quiet >= STOPPED_NANOS && quiet < MISSED_NANOS;
    }

    /** Returns whether a packet came recently enough that nothing has stopped. */
    boolean goesOn(long nowNanos) {
        return begun && nowNanos - lastNanos < STOPPED_NANOS;
    }
}
