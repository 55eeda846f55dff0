package dev.trunkline.rtc.rtp;

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
}
