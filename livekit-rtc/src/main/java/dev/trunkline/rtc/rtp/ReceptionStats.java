package dev.trunkline.rtc.rtp;

/** Loss and jitter of one received stream, as RFC 3550 computes them (appendices A.1, A.3, A.8). Confined to one thread. */
public final class ReceptionStats {

    /** A jump further than this is a restart of the sender, not loss. */
    private static final int MOST_DROPOUT = 3000;

    private static final int MODULUS = 1 << 16;
    private static final double NANOS = 1e9;

    private final long ssrc;
    private final int clockRate;

    private boolean started;
    private long base;
    private long highest;
    private long received;
    private long expectedBefore;
    private long receivedBefore;
    private long lastTransit;
    private double jitter;
    private double intervalLoss;
    private long lastSenderReport;
    private long lastSenderReportAt;

    /** @param clockRate of the stream in Hz */
    public ReceptionStats(long ssrc, int clockRate) {
        this.ssrc = ssrc;
        this.clockRate = clockRate;
    }

    /** @param nanos when it arrived, monotonic */
    public void received(int sequence, long timestamp, long nanos) {
        count(sequence);
        received++;
        long arrival = (long) (nanos * (clockRate / NANOS));
        // The timestamp wraps at 32 bits, and so must the difference.
        long transit = (int) (arrival - timestamp);
        if (received > 1) {
            double difference = Math.abs((int) (transit - lastTransit));
            jitter += (difference - jitter) / 16;
        }
        lastTransit = transit;
    }

    /** @param nanos when it arrived, monotonic */
    public void senderReport(long ntp, long nanos) {
        lastSenderReport = NtpTime.middle(ntp);
        lastSenderReportAt = nanos;
    }

    /** The block for the next report; it ends one interval and begins another. */
    public ReportBlock report(long nanos) {
        long expected = expected();
        long expectedNow = expected - expectedBefore;
        long lostNow = expectedNow - (received - receivedBefore);
        expectedBefore = expected;
        receivedBefore = received;
        int fraction = expectedNow <= 0 || lostNow <= 0 ? 0 : (int) Math.min(255, (lostNow << 8) / expectedNow);
        intervalLoss = fraction / 256.0;
        int cumulative = (int) Math.clamp(lost(), -0x80_0000L, 0x7f_ffffL);
        long delay = lastSenderReport == 0 ? 0 : (long) ((nanos - lastSenderReportAt) * (65_536 / NANOS));
        return new ReportBlock(ssrc, fraction, cumulative, highest & 0xffff_ffffL, (long) jitter, lastSenderReport, delay);
    }

    /** In Hz. */
    public int clockRate() {
        return clockRate;
    }

    public long ssrc() {
        return ssrc;
    }

    public long packets() {
        return received;
    }

    /** Packets expected less packets received; duplicates make it smaller. */
    public long lost() {
        return started ? expected() - received : 0;
    }

    /** Fraction lost in the last interval that was reported, 0.0 to 1.0. */
    public double intervalLoss() {
        return intervalLoss;
    }

    public double jitterSeconds() {
        return jitter / clockRate;
    }

    private long expected() {
        return started ? highest - base + 1 : 0;
    }

    private void count(int sequence) {
        if (!started) {
            started = true;
            base = sequence;
            highest = sequence;
            return;
        }
        int delta = (short) (sequence - (int) highest);
        if (delta > 0 && delta < MOST_DROPOUT) {
            highest += delta;
        } else if (delta >= MOST_DROPOUT || delta < -MOST_DROPOUT) {
            // The sender began anew: what was lost before stays on the books, the count goes on from here.
            long expected = expected();
            highest = (highest & -MODULUS) + MODULUS + sequence;
            base = highest - expected;
        }
    }
}
