package dev.trunkline.rtc.rtp;

import java.time.Duration;
import java.util.Optional;

/**
 * A reception report about one stream (RFC 3550 section 6.4.1).
 *
 * @param ssrc             the stream's source
 * @param fractionLost     of 256, since the last report
 * @param cumulativeLost   since the start, 24 bits, signed
 * @param highestSequence  extended with the count of cycles
 * @param jitter           in units of the stream's clock
 * @param lastSenderReport the middle 32 bits of the NTP time of the last sender report; 0 for none
 * @param delay            since it came, in 1/65536 s
 */
public record ReportBlock(
        long ssrc, int fractionLost, int cumulativeLost, long highestSequence, long jitter, long lastSenderReport, long delay) {

    private static final double UNIT_NANOS = 1e9 / 65_536;

    /** So far below zero the difference of two readings of one clock may come out by rounding: a millisecond. */
    private static final int ROUNDING = -66;

    /**
     * How long it took from our last sender report to this report, less the time that it lay there (section 6.4.1).
     *
     * @param ntp now, by the clock that our reports were stamped with
     * @return empty where the reporter had no report of ours yet, or the clock was set back meanwhile
     */
    public Optional<Duration> roundTrip(long ntp) {
        // Modulo 2³², as the middle bits wrap every 18 hours.
        int elapsed = (int) (NtpTime.middle(ntp) - lastSenderReport - delay);
        return lastSenderReport == 0 || elapsed < ROUNDING
                ? Optional.empty() : Optional.of(Duration.ofNanos((long) (Math.max(0, elapsed) * UNIT_NANOS)));
    }
}
