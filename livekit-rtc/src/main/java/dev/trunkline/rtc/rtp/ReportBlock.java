package dev.trunkline.rtc.rtp;

import java.time.Duration;
import java.util.Optional;

/**
 * A reception report about one stream (RFC 3550 section 6.4.1).
 *
 * @param ssrc             the stream's source
 * @param fractionLost     since the last report, in 1/256
 * @param cumulativeLost   since the start, 24 bits, signed
 * @param highestSequence  extended by the number of cycles
 * @param jitter           in units of the stream's clock
 * @param lastSenderReport the middle 32 bits of the NTP time of the last sender report; 0 for none
 * @param delay            since that report arrived, in 1/65536 s
 */
public record ReportBlock(
        long ssrc, int fractionLost, int cumulativeLost, long highestSequence, long jitter, long lastSenderReport, long delay) {

    private static final double UNIT_NANOS = 1e9 / 65_536;

    /** Rounding may make the difference of two readings of one clock this far negative: a millisecond. */
    private static final int ROUNDING = -66;

    /**
     * The time from our last sender report to this report, less the time that the reporter held it (section 6.4.1).
     *
     * @param ntp now, by the clock that timestamped our reports
     * @return empty if the reporter had not received a report of ours, or the clock was set back meanwhile
     */
    public Optional<Duration> roundTrip(long ntp) {
        // Modulo 2³², because the middle bits wrap every 18 hours.
        int elapsed = (int) (NtpTime.middle(ntp) - lastSenderReport - delay);
        return lastSenderReport == 0 || elapsed < ROUNDING
                ? Optional.empty() : Optional.of(Duration.ofNanos((long) (Math.max(0, elapsed) * UNIT_NANOS)));
    }
}
