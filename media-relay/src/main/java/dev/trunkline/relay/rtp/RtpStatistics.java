package dev.trunkline.relay.rtp;

/**
 * What one receiver knows of one sender (RFC 3550 section 6.4.1, appendices A.1, A.3 and A.8). A new SSRC starts a new
 * count; what was counted before is kept in the totals. Not thread-safe; allocates nothing.
 */
public final class RtpStatistics {
    private int clockRate;
    private boolean started;
    private long ssrc;
    private int baseSequence;
    private int highest;
    private int cycles;
    private long received;
    private long expectedPrior;
    private long receivedPrior;
    private long transit;
    private boolean transitKnown;
    private double jitter;
    private long closedReceived;
    private long closedLost;

    /** @param clockRate of the timestamps in Hz */
    public RtpStatistics(int clockRate) {
        this.clockRate = clockRate;
    }

    /** The sender counts by another clock from now on: its jitter is measured anew. */
    public void clock(int rate) {
        if (rate != clockRate) {
            clockRate = rate;
            jitter = 0;
            transitKnown = false;
        }
    }

    /**
     * @param arrivalNanos any monotonic clock
     */
    public void received(long packetSsrc, int sequence, long timestamp, long arrivalNanos) {
        if (!started || packetSsrc != ssrc || jumped(sequence)) {
            start(packetSsrc, sequence);
            transit = transit(timestamp, arrivalNanos);
            transitKnown = true;
        } else {
            advance(sequence);
            long now = transit(timestamp, arrivalNanos);
            // Modulo 2³², as both clocks wrap in a timestamp.
            double difference = Math.abs((int) (now - transit));
            transit = now;
            if (transitKnown && difference < clockRate) {
                jitter += (difference - jitter) / 16;
            }
            transitKnown = true;
        }
        received++;
    }

    private boolean jumped(int sequence) {
        int ahead = Octets.sequenceDistance(sequence, highest);
        return ahead > SequenceMapper.MAX_DROPOUT || ahead < -SequenceMapper.MAX_MISORDER;
    }

    private void start(long packetSsrc, int sequence) {
        if (started) {
            closedReceived += received;
            closedLost += Math.max(0, expected() - received);
        }
        started = true;
        ssrc = packetSsrc;
        baseSequence = sequence;
        highest = sequence;
        cycles = 0;
        received = 0;
        expectedPrior = 0;
        receivedPrior = 0;
    }

    private void advance(int sequence) {
        if (Octets.sequenceDistance(sequence, highest) > 0) {
            if (sequence < highest) {
                cycles++;
            }
            highest = sequence;
        }
    }

    private long transit(long timestamp, long arrivalNanos) {
        return arrivalNanos / 1_000 * (clockRate / 1_000) / 1_000 - timestamp;
    }

    private long expected() {
        return started ? extendedHighest() - baseSequence + 1 : 0;
    }

    /** Whether a packet ever came. */
    public boolean started() {
        return started;
    }

    /** SSRC of the present sender. */
    public long ssrc() {
        return ssrc;
    }

    /** Packets that came, of all senders. */
    public long packets() {
        return closedReceived + received;
    }

    /** Packets that did not come, of all senders; repetitions can hide a loss but never make it negative. */
    public long lost() {
        return closedLost + Math.max(0, expected() - received);
    }

    /** Interarrival jitter in units of the timestamp. */
    public double jitterUnits() {
        return jitter;
    }

    public double jitterMillis() {
        return jitter * 1_000 / clockRate;
    }

    /** For a report block: highest sequence number with its cycles, 32 bits. */
    public long extendedHighest() {
        return ((long) cycles << 16) + highest;
    }

    /** For a report block: the present sender's loss, within 24 bits signed. */
    public int cumulativeLost() {
        return (int) Math.clamp(expected() - received, -0x800000L, 0x7fffffL);
    }

    /** For a report block: loss since the last call, in 256ths (appendix A.3). */
    public int takeFractionLost() {
        long expectedInterval = expected() - expectedPrior;
        long lostInterval = expectedInterval - (received - receivedPrior);
        expectedPrior = expected();
        receivedPrior = received;
        return expectedInterval <= 0 || lostInterval <= 0 ? 0 : (int) Math.min(255, (lostInterval << 8) / expectedInterval);
    }
}
