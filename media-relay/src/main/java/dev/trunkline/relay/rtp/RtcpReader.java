package dev.trunkline.relay.rtp;

/**
 * Reads compound RTCP packets about one call: the other side's sender reports, and what it says of the stream that we
 * send. Not thread-safe; allocates nothing.
 */
public final class RtcpReader {
    private static final int SENDER_REPORT = 200;
    private static final int RECEIVER_REPORT = 201;

    private final long ownSsrc;
    private long lastSenderReport;
    private long lastSenderReportNanos;
    private double reportedLoss;
    private double roundTripMillis;

    /** @param ownSsrc of the stream that reports are wanted about */
    public RtcpReader(long ownSsrc) {
        this.ownSsrc = ownSsrc;
    }

    /**
     * @param epochMillis the wall clock that our own reports were stamped with
     * @return false if it is not a compound packet of RTCP
     */
    public boolean read(byte[] buffer, int length, long arrivalNanos, long epochMillis) {
        if (!wellFormed(buffer, length)) {
            return false;
        }
        for (int at = 0; at < length; at += size(buffer, at)) {
            int type = buffer[at + 1] & 0xff;
            int blocks = buffer[at] & 0x1f;
            int end = at + size(buffer, at);
            if (type == SENDER_REPORT && end >= at + 28) {
                lastSenderReport = Octets.uint32(buffer, at + 10);
                lastSenderReportNanos = arrivalNanos;
                blocks(buffer, at + 28, end, blocks, epochMillis);
            } else if (type == RECEIVER_REPORT) {
                blocks(buffer, at + 8, end, blocks, epochMillis);
            }
        }
        return true;
    }

    /** RFC 3550 appendix A.2: version 2 throughout, a report first, lengths that add up. */
    private static boolean wellFormed(byte[] buffer, int length) {
        if (length < 8 || (buffer[1] & 0xfe) != SENDER_REPORT) {
            return false;
        }
        int at = 0;
        while (at + 4 <= length) {
            if ((buffer[at] & 0xc0) != 0x80) {
                return false;
            }
            at += size(buffer, at);
        }
        return at == length;
    }

    private static int size(byte[] buffer, int at) {
        return 4 * (Octets.uint16(buffer, at + 2) + 1);
    }

    private void blocks(byte[] buffer, int first, int end, int count, long epochMillis) {
        for (int i = 0, at = first; i < count && at + 24 <= end; i++, at += 24) {
            if (Octets.uint32(buffer, at) == ownSsrc) {
                reportedLoss = (buffer[at + 4] & 0xff) / 256.0;
                roundTrip(Octets.uint32(buffer, at + 16), Octets.uint32(buffer, at + 20), epochMillis);
            }
        }
    }

    /** Section 6.4.1: A − LSR − DLSR. */
    private void roundTrip(long lastReport, long delay, long epochMillis) {
        if (lastReport != 0) {
            int units = (int) (NtpTime.compact(epochMillis) - lastReport - delay);
            if (units >= 0) {
                roundTripMillis = units * 1_000.0 / 65_536;
            }
        }
    }

    /** Middle 32 bits of the last sender report's NTP time, 0 before one came. */
    public long lastSenderReport() {
        return lastSenderReport;
    }

    /** Time since the last sender report in 1/65536 s. */
    public long sinceLastSenderReport(long nowNanos) {
        return (nowNanos - lastSenderReportNanos) / 1_000 * 65_536 / 1_000_000;
    }

    /** Loss of our stream as last reported, 0.0 to 1.0. */
    public double reportedLoss() {
        return reportedLoss;
    }

    /** 0 while it is not known. */
    public double roundTripMillis() {
        return roundTripMillis;
    }
}
