package dev.trunkline.rtc.srtp;

/**
 * Which packets of one SSRC there were: guesses the rollover counter that stands behind a sequence number (RFC 3711 section
 * 3.3.1 and appendix A), and tells what comes again, or so late that nobody can say (section 3.3.2). Confined to one thread.
 */
final class Repetitions {

    /** Packets that are remembered before the latest one. */
    private static final int WINDOW = 64;

    private static final int HALF = 1 << 15;

    private boolean any;
    private long latest;
    /** The packet so many before the latest has been, by bit. */
    private long seen;

    /** The index of 48 bits that a sequence number most likely stands for; below zero for none that can be. */
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

    /** Whether a packet of this index may be taken; remembers nothing. */
    boolean isNew(long index) {
        long behind = latest - index;
        return index >= 0 && (!any || behind < 0 || behind < WINDOW && (seen >>> behind & 1) == 0);
    }

    /** The packet was authentic, or is sent. */
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

    /** The index after the latest one; 0 where there was none. */
    long next() {
        return any ? latest + 1 : 0;
    }
}
