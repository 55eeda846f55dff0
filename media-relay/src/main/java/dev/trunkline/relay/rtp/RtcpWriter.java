package dev.trunkline.relay.rtp;

import java.nio.charset.StandardCharsets;

/**
 * Writes compound RTCP packets of one source: a sender report, or a receiver report while nothing was sent, then an SDES
 * with the canonical name (RFC 3550 sections 6.1, 6.4, 6.5). Not thread-safe.
 */
public final class RtcpWriter {
    private static final int SENDER_REPORT = 200;
    private static final int RECEIVER_REPORT = 201;
    private static final int SOURCE_DESCRIPTION = 202;
    private static final int BYE = 203;
    private static final int CNAME = 1;
    private static final int MOST_BYTES = 512;

    private final byte[] buffer = new byte[MOST_BYTES];
    private final long ssrc;
    private final byte[] cname;

    /** @param cname random; must say nothing about the call (RFC 7022) */
    public RtcpWriter(long ssrc, String cname) {
        this.ssrc = ssrc;
        this.cname = cname.getBytes(StandardCharsets.US_ASCII);
        if (this.cname.length > 255) {
            throw new IllegalArgumentException("a CNAME has at most 255 octets");
        }
    }

    /** What was sent, for a sender report. @param rtpTimestamp of the moment of the report */
    public record Sent(long packets, long octets, long rtpTimestamp) {}

    /**
     * @param received the sender on the other side; left out of the report while nothing came from it
     * @param lastReport its last sender report, 32 middle bits of its NTP time, 0 if none came
     * @param sinceLastReport time since then, in 1/65536 s
     * @param epochMillis wall clock, for NTP
     * @return length of the packet in {@link #buffer()}
     */
    public int report(Sent sent, RtpStatistics received, long lastReport, long sinceLastReport, long epochMillis) {
        int at = sent.packets() > 0 ? senderReport(sent, epochMillis) : start(RECEIVER_REPORT);
        int blocks = 0;
        if (received.started()) {
            at = block(at, received, lastReport, sinceLastReport);
            blocks = 1;
        }
        finish(0, blocks, at);
        return sourceDescription(at);
    }

    /** A report without blocks and a BYE (section 6.6), for the end of the stream. */
    public int bye() {
        int at = start(RECEIVER_REPORT);
        finish(0, 0, at);
        at = sourceDescription(at);
        int begin = at;
        buffer[at + 1] = (byte) BYE;
        Octets.put32(buffer, at + 4, ssrc);
        at += 8;
        finish(begin, 1, at);
        return at;
    }

    public byte[] buffer() {
        return buffer;
    }

    private int start(int type) {
        buffer[1] = (byte) type;
        Octets.put32(buffer, 4, ssrc);
        return 8;
    }

    private int senderReport(Sent sent, long epochMillis) {
        int at = start(SENDER_REPORT);
        Octets.put32(buffer, at, NtpTime.seconds(epochMillis));
        Octets.put32(buffer, at + 4, NtpTime.fraction(epochMillis));
        Octets.put32(buffer, at + 8, sent.rtpTimestamp());
        Octets.put32(buffer, at + 12, sent.packets());
        Octets.put32(buffer, at + 16, sent.octets());
        return at + 20;
    }

    private int block(int at, RtpStatistics received, long lastReport, long sinceLastReport) {
        Octets.put32(buffer, at, received.ssrc());
        Octets.put32(buffer, at + 4, (long) received.takeFractionLost() << 24 | received.cumulativeLost() & 0xffffff);
        Octets.put32(buffer, at + 8, received.extendedHighest());
        Octets.put32(buffer, at + 12, (long) received.jitterUnits());
        Octets.put32(buffer, at + 16, lastReport);
        Octets.put32(buffer, at + 20, lastReport == 0 ? 0 : sinceLastReport);
        return at + 24;
    }

    private int sourceDescription(int begin) {
        int at = begin + 4;
        buffer[begin + 1] = (byte) SOURCE_DESCRIPTION;
        Octets.put32(buffer, at, ssrc);
        buffer[at + 4] = CNAME;
        buffer[at + 5] = (byte) cname.length;
        System.arraycopy(cname, 0, buffer, at + 6, cname.length);
        at += 6 + cname.length;
        // The list of items ends with at least one zero octet, up to the next 32-bit boundary.
        do {
            buffer[at++] = 0;
        } while ((at - begin) % 4 != 0);
        finish(begin, 1, at);
        return at;
    }

    private void finish(int begin, int count, int end) {
        buffer[begin] = (byte) (0x80 | count);
        Octets.put16(buffer, begin + 2, (end - begin) / 4 - 1);
    }
}
