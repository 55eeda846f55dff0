package dev.trunkline.rtc.rtp;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Writes the compound packets of one source: a sender or receiver report and its canonical name (RFC 3550 sections 6.1, 6.4
 * and 6.5), and its goodbye (section 6.6).
 */
public final class RtcpWriter {

    static final int SENDER_REPORT = 200;
    static final int RECEIVER_REPORT = 201;
    static final int SOURCE_DESCRIPTION = 202;
    static final int GOODBYE = 203;
    static final int CNAME = 1;

    /** The count has five bits. */
    public static final int MOST_BLOCKS = 31;

    private static final int BLOCK = 24;
    private static final int HEADER = 8;
    private static final int SENDER_INFO = 20;

    private final long ssrc;
    private final byte[] cname;

    /** @param cname at most 255 octets of UTF-8, random: it must say nothing about the call (RFC 7022) */
    public RtcpWriter(long ssrc, String cname) {
        this.ssrc = ssrc;
        byte[] name = cname.getBytes(StandardCharsets.UTF_8);
        this.cname = name.length > 255 ? Arrays.copyOf(name, 255) : name;
    }

    /**
     * A sender's information about itself.
     *
     * @param ntp       when the report is sent
     * @param timestamp the same moment in the stream's clock
     * @param packets   sent so far, modulo 2^32
     * @param octets    of payload sent so far, modulo 2^32
     */
    public record SenderInfo(long ntp, long timestamp, long packets, long octets) {
    }

    /**
     * @param sender empty for a source that has sent nothing, which writes a receiver report
     * @param blocks at most {@link #MOST_BLOCKS}; further ones are left out
     * @return the length
     */
    public int write(byte[] out, Optional<SenderInfo> sender, List<ReportBlock> blocks) {
        ByteBuffer packet = ByteBuffer.wrap(out);
        int count = Math.min(blocks.size(), MOST_BLOCKS);
        int length = HEADER + (sender.isPresent() ? SENDER_INFO : 0) + count * BLOCK;
        header(packet, count, sender.isPresent() ? SENDER_REPORT : RECEIVER_REPORT, length);
        packet.putInt((int) ssrc);
        sender.ifPresent(info -> packet.putLong(info.ntp())
                .putInt((int) info.timestamp()).putInt((int) info.packets()).putInt((int) info.octets()));
        for (ReportBlock block : blocks.subList(0, count)) {
            packet.putInt((int) block.ssrc())
                    .putInt(block.fractionLost() << 24 | block.cumulativeLost() & 0xff_ffff)
                    .putInt((int) block.highestSequence())
                    .putInt((int) block.jitter())
                    .putInt((int) block.lastSenderReport())
                    .putInt((int) block.delay());
        }
        sourceDescription(packet);
        return packet.position();
    }

    /** Writes a report without blocks, the canonical name and a goodbye, for the end of the stream. @return the length */
    public int goodbye(byte[] out) {
        ByteBuffer packet = ByteBuffer.wrap(out);
        header(packet, 0, RECEIVER_REPORT, HEADER);
        packet.putInt((int) ssrc);
        sourceDescription(packet);
        header(packet, 1, GOODBYE, HEADER);
        packet.putInt((int) ssrc);
        return packet.position();
    }

    /** Octets that a report with this many blocks needs. A goodbye needs those of a report without blocks. */
    public int length(int blocks) {
        return HEADER + SENDER_INFO + blocks * BLOCK + sourceDescriptionLength();
    }

    /** The list of items ends with a zero octet and is padded to 32 bits (RFC 3550 section 6.5). */
    private void sourceDescription(ByteBuffer packet) {
        int start = packet.position();
        header(packet, 1, SOURCE_DESCRIPTION, sourceDescriptionLength());
        packet.putInt((int) ssrc).put((byte) CNAME).put((byte) cname.length).put(cname);
        while (packet.position() < start + sourceDescriptionLength()) {
            packet.put((byte) 0);
        }
    }

    private int sourceDescriptionLength() {
        return HEADER + (2 + cname.length + 1 + 3 & ~3);
    }

    private static void header(ByteBuffer packet, int count, int type, int length) {
        packet.put((byte) (0x80 | count)).put((byte) type).putShort((short) (length / 4 - 1));
    }
}
