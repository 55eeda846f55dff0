package dev.trunkline.relay.rtp;

/**
 * What one receiver knows of one sender (RFC 3550 section 6.4.1, appendices A.1, A.3 and A.8). A new SSRC starts a new
 * count; what was counted before is kept in the totals. Not thread-safe; allocates nothing.
 */
public final class RtpStatistics {
    private static final int CLOCK_RATE = 8_000;

    private boolean started;
    private long ssrc;
    private int baseSequence;
    private int highest;
    private int cycles;
    private long received;
    private long expectedPrior;
    private long receivedPrior;
    private long transit;
    private double jitter;
    private long closedReceived;
    private long closedLost;

    /**
     * @param arrivalNanos any monotonic clock
     */
    public void received(long packetSsrc, int sequence, long timestamp, long arrivalNanos) {
        if (!started || packetSsrc != ssrc || jumped(sequence)) {
            start(packetSsrc, sequence);
            transit = transit(timestamp, arrivalNanos);
        } else {
            advance(sequence);
            long now = transit(timestamp, arrivalNanos);
            // Modulo 2³², as both clocks wrap in a timestamp.
            double difference = Math.abs((int) (now - transit));
            transit = now;
            if (difference < CLOCK_RATE * 10) {
                jitter += (difference - jitter) / 16;
            }
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

    private static long transit(long timestamp, long arrivalNanos) {
        return arrivalNanos / (1_000_000_000 / CLOCK_RATE) - timestamp;
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
        return jitter * 1_000 / CLOCK_RATE;
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
