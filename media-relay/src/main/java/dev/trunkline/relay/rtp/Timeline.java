package dev.trunkline.relay.rtp;

import dev.trunkline.rtc.rtp.Octets;

/**
 * Maps incoming timestamps to outgoing ones, judged against the clock by which packets arrive, as RFC 3550 appendix A.1
 * judges sequence numbers. Audio takes as long to arrive as its timestamps say, so a timestamp that runs ahead of both the clock
 * and the packets in between, or does not advance at all, is damage or the splice of another recording:
 *
 * <pre>
 *   TRUSTED --what cannot be--> DOUBTED --a few in a row that fit each other--> TRUSTED, by another offset
 *      ^                           |
 *      +------one that fits--------+
 * </pre>
 *
 * While it is in doubt, a packet gets the timestamp that was due by counting packets, or by the clock after a pause: a wrong
 * timestamp silences nobody. Not thread-safe; allocates nothing.
 */
final class Timeline {
    /** This many consistent packets in a row are accepted. */
    static final int FEW = 3;
    /** A packet does not run further ahead of its time than this, whatever the network did to the one before. */
    private static final int TOLERANCE_MILLIS = 200;
    /** Number of packets that may be lost while the count still measures the time that passed. */
    private static final int MOST_COUNTED = 25;
    /** Longer packets do not predict the length of the next. */
    private static final int MOST_STEP_MILLIS = 200;
    private static final int USUAL_STEP_MILLIS = 20;

    private int clockRate;
    private long offset;
    private long lastOut;
    private long lastArrival;
    private long step;
    private long doubted;
    private int inDoubt;

    /** @param first outgoing timestamp, as if it stood before a first packet of 20 ms */
    Timeline(long first, int clockRate) {
        this.lastOut = first - units(clockRate, USUAL_STEP_MILLIS);
        clock(clockRate);
    }

    /** Sets the clock rate of the timestamps from now on. */
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

    /** Places the first packet of a sender where the last sender's next one would be, or as much later as the clock says. */
    long begin(long in, long arrival, boolean first) {
        // At least one packet's time later, so that no two packets have the same timestamp.
        long passed = first ? step : Math.clamp(arrival - lastArrival, step, 0x3fffffff);
        inDoubt = 0;
        return out(lastOut + passed, in, arrival);
    }

    /**
     * Places the next packet of the same sender.
     *
     * @param packets distance in sequence numbers, 1 or more
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

    /** Places a packet of an event, whose packets share one timestamp. Timestamps that we make ourselves are not doubted. */
    long same(long in, long arrival) {
        inDoubt = 0;
        return out(in + offset, in, arrival);
    }

    /**
     * Places a packet that comes before the last one.
     *
     * @param packets distance back in sequence numbers, 1 or more
     * @return −1 if its timestamp does not fit there
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
