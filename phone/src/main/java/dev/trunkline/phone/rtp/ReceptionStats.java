package dev.trunkline.phone.rtp;

/** Loss, lateness and jitter of one RTP source (RFC 3550 6.4.1, A.1, A.3, A.8). Not thread-safe. */
public final class ReceptionStats {

    private static final double UNITS_PER_NANO = 8_000 / 1e9;

    private boolean begun;
    private int ssrc;
    private long first;
    private long highest;
    private long received;
    private long late;
    private long earlierLost;
    private long earlierReceived;
    private long lastTransit;
    private double jitter;
    private long lastArrival;
    private long maxGap;

    /** Counts a packet; returns false if it arrives after a later one, or is a duplicate. */
    public boolean accept(RtpPacket packet, long arrivedNanos) {
        boolean newSource = !begun || packet.ssrc() != ssrc;
        if (begun) {
            maxGap = Math.max(maxGap, arrivedNanos - lastArrival);
        }
        lastArrival = arrivedNanos;
        if (newSource) {
            restart(packet);
        }
        received++;
        long transit = Math.round(arrivedNanos * UNITS_PER_NANO) - packet.timestamp();
        // Modulo 2³², as the timestamp wraps.
        long difference = Math.abs((int) (transit - lastTransit));
        lastTransit = transit;
        if (newSource) {
            return true;
        }
        jitter += (difference - jitter) / 16;
        int ahead = (short) (packet.sequence() - (int) highest);
        if (ahead <= 0) {
            late++;
            return false;
        }
        highest += ahead;
        return true;
    }

    private void restart(RtpPacket packet) {
        earlierLost += lostOfThis();
        earlierReceived += received;
        received = 0;
        begun = true;
        ssrc = packet.ssrc();
        first = packet.sequence();
        highest = packet.sequence();
    }

    public long received() {
        return earlierReceived + received;
    }

    public long lost() {
        return earlierLost + lostOfThis();
    }

    public long late() {
        return late;
    }

    public double jitterMillis() {
        return jitter / 8;
    }

    public double maxGapMillis() {
        return maxGap / 1e6;
    }

    private long lostOfThis() {
        return begun ? Math.max(0, highest - first + 1 - received) : 0;
    }
}
