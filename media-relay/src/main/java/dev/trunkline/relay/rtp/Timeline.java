package dev.trunkline.relay.rtp;

import dev.trunkline.rtc.rtp.Octets;

/**
 * The timestamps that go out for those that come in, judged with the clock by which packets arrive, as RFC 3550 appendix A.1
 * judges sequence numbers. Audio takes as long to come as its timestamps say, so a timestamp that runs ahead of both the clock
 * and the packets between, or does not go on at all, is damage or the splice of another recording:
 *
 * <pre>
 *   TRUSTED --what cannot be--> DOUBTED --a few in a row that fit each other--> TRUSTED, by another offset
 *      ^                           |
 *      +------one that fits--------+
 * </pre>
 *
 * While it is in doubt a packet has the timestamp that was due by counting packets, or by the clock after a pause: nobody is
 * silenced by a number. Not thread-safe; allocates nothing.
 */
final class Timeline {
    /** So many in a row that fit each other are believed. */
    static final int FEW = 3;
    /** Farther than this a packet does not run ahead of its time, whatever the network did to the one before. */
    private static final int TOLERANCE_MILLIS = 200;
    /** Packets that may be lost and yet be counted on for the time that passed. */
    private static final int MOST_COUNTED = 25;
    /** Longer packets are no measure for the next. */
    private static final int MOST_STEP_MILLIS = 200;
    private static final int USUAL_STEP_MILLIS = 20;

    private int clockRate;
    private long offset;
    private long lastOut;
    private long lastArrival;
    private long step;
    private long doubted;
    private int inDoubt;

    /** @param first of what goes out, as if it stood before a first packet of 20 ms */
    Timeline(long first, int clockRate) {
        this.lastOut = first - units(clockRate, USUAL_STEP_MILLIS);
        clock(clockRate);
    }

    /** Timestamps are counted in so many a second from now on. */
    void clock(int rate) {
        clockRate = rate;
        step = units(USUAL_STEP_MILLIS);
    }

    private long units(int millis) {
        return units(clockRate, millis);
    }

    private static long units(int clockRate, int millis) {
        return (long) clockRate / 1_000 * millis;
    }

    /** The first packet of a sender: it stands where the last one's would, or as much later as the clock says. */
    long begin(long in, long arrival, boolean first) {
        // At least one packet's time on, so that no two packets have one timestamp.
        long passed = first ? step : Math.clamp(arrival - lastArrival, step, 0x3fffffff);
        inDoubt = 0;
        return out(lastOut + passed, in, arrival);
    }

    /**
     * The next packet of the same sender.
     *
     * @param packets how many numbers on it is, 1 or more
     * @param arrival a clock in units of the timestamp
     */
    long next(int packets, long in, long arrival) {
        long passed = Math.max(arrival - lastArrival, 0);
        long due = Math.min(packets, MOST_COUNTED) * step;
        long ahead = Octets.timestampDistance(in + offset, lastOut);
        if (ahead > 0 && fits(ahead, passed, due)) {
            inDoubt = 0;
            if (packets == 1 && ahead <= units(MOST_STEP_MILLIS)) {
                step = ahead;
            }
            return out(lastOut + ahead, in, arrival);
        }
        long since = Octets.timestampDistance(in, doubted);
        inDoubt = inDoubt > 0 && since > 0 && fits(since, passed, due) ? inDoubt + 1 : 1;
        doubted = in;
        long out = lastOut + (passed > due + units(TOLERANCE_MILLIS) ? passed : due);
        if (inDoubt >= FEW) {
            inDoubt = 0;
            return out(out, in, arrival);
        }
        lastOut = out & 0xffffffffL;
        lastArrival = arrival;
        return lastOut;
    }

    private boolean fits(long ahead, long passed, long due) {
        return ahead - Math.max(passed, due) <= units(TOLERANCE_MILLIS);
    }

    /** A packet of an event, whose packets have one timestamp: what we make ourselves is not doubted. */
    long same(long in, long arrival) {
        inDoubt = 0;
        return out(in + offset, in, arrival);
    }

    /**
     * A packet that stands before the last one.
     *
     * @param packets how many numbers back it is, 1 or more
     * @return −1 if its timestamp has no place there
     */
    long earlier(int packets, long in) {
        long behind = Octets.timestampDistance(lastOut, in + offset);
        return behind > 0 && behind <= packets * units(MOST_STEP_MILLIS) ? in + offset & 0xffffffffL : -1;
    }

    private long out(long out, long in, long arrival) {
        offset = out - in;
        lastOut = out & 0xffffffffL;
        lastArrival = arrival;
        return lastOut;
    }
}
