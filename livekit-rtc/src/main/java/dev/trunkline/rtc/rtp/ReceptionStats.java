package dev.trunkline.rtc.rtp;

/**
 * A receiver's statistics of a stream: loss, jitter and the last sender report, computed as in RFC 3550 (section 6.4.1,
 * appendices A.1, A.3 and A.8). A new SSRC, or a restarted sender, begins a new count; earlier counts stay in the totals.
 * Confined to one thread; a packet allocates nothing.
 */
public final class ReceptionStats {

    /** A larger jump ahead is a restart of the sender, not loss (appendix A.1). */
    public static final int MOST_DROPOUT = 3_000;

    /** A packet that is further behind than this is a restart too, not a late packet (appendix A.1). */
    public static final int MOST_MISORDER = 100;

    private static final double NANOS = 1e9;

    private int clockRate;
    private boolean started;
    private long ssrc;
    private int base;
    private int highest;
    private int cycles;
    private long received;
    private long receivedBefore;
    private long expectedBefore;
    /** Counts of senders before the present one. */
    private long earlierReceived;
    private long earlierLost;
    private long lastTransit;
    private boolean transitKnown;
    private double jitter;
    private double intervalLoss;
    private long lastSenderReport;
    private long lastSenderReportAt;

    /** @param clockRate of the timestamps, in Hz */
    public ReceptionStats(int clockRate) {
        this.clockRate = clockRate;
    }

    /** The sender's timestamps use another clock from now on: its jitter is measured from scratch. @param rate in Hz */
    public void clock(int rate) {
        if (rate != clockRate) {
            clockRate = rate;
            jitter = 0;
            transitKnown = false;
        }
    }

    /** @param nanos arrival time, monotonic */
    public void received(long packetSsrc, int sequence, long timestamp, long nanos) {
        if (!started || packetSsrc != ssrc || jumped(sequence)) {
            begin(packetSsrc, sequence);
            transitKnown = false;
        } else if (Octets.sequenceDistance(sequence, highest) > 0) {
            cycles += sequence < highest ? 1 : 0;
            highest = sequence;
        }
        received++;
        long transit = nanos / 1_000 * (clockRate / 1_000) / 1_000 - timestamp;
        // Modulo 2³², because both clocks wrap in a timestamp.
        int difference = Math.abs((int) (transit - lastTransit));
        if (transitKnown && difference >= 0 && difference < clockRate) {
            jitter += (difference - jitter) / 16;
        }
        lastTransit = transit;
        transitKnown = true;
    }

    private boolean jumped(int sequence) {
        int ahead = Octets.sequenceDistance(sequence, highest);
        return ahead > MOST_DROPOUT || ahead < -MOST_MISORDER;
    }

    private void begin(long packetSsrc, int sequence) {
        earlierReceived += received;
        earlierLost += presentLost();
        started = true;
        ssrc = packetSsrc;
        base = sequence;
        highest = sequence;
        cycles = 0;
        received = 0;
        receivedBefore = 0;
        expectedBefore = 0;
    }

    /** @param nanos arrival time, monotonic */
    public void senderReport(long ntp, long nanos) {
        lastSenderReport = NtpTime.middle(ntp);
        lastSenderReportAt = nanos;
    }

    /** Returns the block for the next report; this ends one interval and begins another. @param nanos now, monotonic */
    public ReportBlock report(long nanos) {
        long expected = expected();
        long expectedNow = expected - expectedBefore;
        long lostNow = expectedNow - (received - receivedBefore);
        expectedBefore = expected;
        receivedBefore = received;
        int fraction = expectedNow <= 0 || lostNow <= 0 ? 0 : (int) Math.min(255, (lostNow << 8) / expectedNow);
        intervalLoss = fraction / 256.0;
        int cumulative = (int) Math.clamp(expected - received, -0x80_0000L, 0x7f_ffffL);
        long delay = lastSenderReport == 0 ? 0 : (long) ((nanos - lastSenderReportAt) * (65_536 / NANOS));
        return new ReportBlock(
                ssrc, fraction, cumulative, extendedHighest() & 0xffff_ffffL, (long) jitter, lastSenderReport, delay);
    }

    /** Whether any packet has arrived. */
    public boolean started() {
        return started;
    }

    /** SSRC of the present sender. */
    public long ssrc() {
        return ssrc;
    }

    /** Clock rate in Hz. */
    public int clockRate() {
        return clockRate;
    }

    /** Packets received, from all senders. */
    public long packets() {
        return earlierReceived + received;
    }

    /**
     * Packets lost, from all senders; duplicates can hide a loss but never make this negative. (The cumulative number in the
     * report is that of the present sender, and signed.)
     */
    public long lost() {
        return earlierLost + presentLost();
    }

    private long presentLost() {
        return Math.max(0, expected() - received);
    }

    /** Fraction lost in the last reported interval, 0.0 to 1.0. */
    public double intervalLoss() {
        return intervalLoss;
    }

    /** Interarrival jitter (appendix A.8). */
    public double jitterSeconds() {
        return jitter / clockRate;
    }

    private long expected() {
        return started ? extendedHighest() - base + 1 : 0;
    }

    private long extendedHighest() {
        return ((long) cycles << 16) + highest;
    }
}
