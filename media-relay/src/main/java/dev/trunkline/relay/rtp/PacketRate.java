package dev.trunkline.relay.rtp;

/**
 * Limits the packets per second accepted from one sender, and allows a burst that the network held up, but not a flood. Not thread-safe;
 * allocates nothing per packet.
 */
public final class PacketRate {
    /** Twice what the shortest packets supported here (10 ms) need: phones may change the length during a call. */
    public static final int AUDIO = 200;
    /** The same for reports, of which one every few seconds is needed. */
    public static final int REPORTS = 20;

    private final long nanosEach;
    private final long burstNanos;
    /** When all packets accepted so far would have come, had they come evenly. */
    private long even;
    private boolean begun;

    /** @param perSecond in the long run; as many may come at once after a pause */
    public PacketRate(int perSecond) {
        nanosEach = 1_000_000_000L / perSecond;
        burstNanos = nanosEach * (perSecond - 1);
    }

    /** @param nowNanos monotonic @return whether a packet that arrives now is accepted */
    public boolean takes(long nowNanos) {
        if (!begun || nowNanos - even > 0) {
            begun = true;
            even = nowNanos;
        }
        if (even - nowNanos > burstNanos) {
            return false;
        }
        even += nanosEach;
        return true;
    }
}
