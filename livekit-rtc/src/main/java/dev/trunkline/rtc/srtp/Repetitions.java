package dev.trunkline.rtc.srtp;

/**
 * Tracks the packets of one SSRC: estimates the rollover counter that belongs to a sequence number (RFC 3711 section 3.3.1 and
 * appendix A), and detects packets that are replayed, or too late to tell (section 3.3.2). Confined to one thread.
 */
final class Repetitions {

    /** Packets remembered before the latest one. */
    private static final int WINDOW = 64;

    private static final int HALF = 1 << 15;

    private boolean any;
    private long latest;
    /** Bit n is set if the packet n before the latest one has been seen. */
    private long seen;

    /** The most likely 48-bit index of a sequence number; negative if there can be none. */
    long index(int sequence) {
        if (!any) {
            return sequence;
        }
        int low = (int) latest & 0xffff;
        long rollover = latest >> 16;
        if (low < HALF && sequence - low > HALF) {
            rollover--;
        } else if (low >= HALF && low - HALF > sequence) {
            rollover++;
        }
        return (rollover << 16) + sequence;
    }

    /** Whether a packet of this index may be accepted; does not record it. */
    boolean isNew(long index) {
        long behind = latest - index;
        return index >= 0 && (!any || behind < 0 || behind < WINDOW && (seen >>> behind & 1) == 0);
    }

    /** Records a packet that was authentic, or is sent. */
    void remember(long index) {
        long ahead = index - latest;
        if (!any || ahead > 0) {
            seen = any && ahead < WINDOW ? seen << ahead | 1 : 1;
            latest = index;
            any = true;
        } else {
            seen |= 1L << -ahead;
        }
    }

    /** The index after the latest one; 0 if there was none. */
    long next() {
        return any ? latest + 1 : 0;
    }
}
