package dev.trunkline.relay.rtp;

/**
 * Takes so many packets a second of one sender, and a burst of them where the network held them up; not one that floods. Not thread-safe;
 * allocates nothing for a packet.
 */
public final class PacketRate {
    /** Twice what the shortest packets need that are spoken here, of 10 ms: phones may change the length in a call. */
    public static final int AUDIO = 200;
    /** The same of reports, which need one in a few seconds. */
    public static final int REPORTS = 20;

    private final long nanosEach;
    private final long burstNanos;
    /** When all that was taken so far would have come, had it come evenly. */
    private long even;
    private boolean begun;

    /** @param perSecond in the long run; as many may come at once after a pause */
    public PacketRate(int perSecond) {
        nanosEach = 1_000_000_000L / perSecond;
        burstNanos = nanosEach * (perSecond - 1);
    }

    /** @param nowNanos monotonic @return whether a packet that comes now is to be taken */
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
