package dev.trunkline.relay.audio;

/**
 * When packets of one length that are cut from frames of 20 ms are due. Packets of whole frames leave with their last frame, which is
 * regular already. Of 30 ms packets, one would leave after 40 ms and the next after 20, and of 10 ms packets two at once: these leave at
 * their own interval, counted from the first. Not thread-safe.
 */
public final class PacketPace {
    private static final long FRAME_NANOS = 1_000_000_000L / Mixer.FRAMES_A_SECOND;
    /** Timers are not exact. */
    private static final long SLACK_NANOS = 2_000_000;

    private final boolean whole;
    private final long intervalNanos;
    private boolean begun;
    private long due;

    /** @param packetMillis 10 to 60 */
    public PacketPace(int packetMillis) {
        intervalNanos = packetMillis * 1_000_000L;
        whole = intervalNanos % FRAME_NANOS == 0;
    }

    /** Nothing waits to be sent: if the last packet was long ago, the next one starts a new series. */
    public void begin(long nowNanos) {
        if (begun && nowNanos - due > FRAME_NANOS) {
            begun = false;
        }
    }

    /** @return nanoseconds until the next packet is due, 0 or less if it is */
    public long early(long nowNanos) {
        long wait = due - nowNanos;
        return whole || !begun || wait <= SLACK_NANOS ? 0 : wait;
    }

    /** A packet left: the next is due an interval later, or after a stall an interval from now. */
    public void sent(long nowNanos) {
        due = (begun && nowNanos - due <= FRAME_NANOS ? due : nowNanos) + intervalNanos;
        begun = true;
    }
}
