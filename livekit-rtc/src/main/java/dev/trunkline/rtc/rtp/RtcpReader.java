package dev.trunkline.rtc.rtp;

import java.nio.ByteBuffer;

/** Parses compound RTCP packets (RFC 3550 section 6). Stateless: the contents of a packet are passed to a {@link Handler}. */
public final class RtcpReader {

    /** Receives the contents of a compound packet; feedback and source descriptions are skipped. */
    public interface Handler {

        /** @param ntp the sender's time */
        void senderReport(long ssrc, long ntp, long timestamp, long packets, long octets);

        /** @param reporter SSRC of the reporter */
        void reportBlock(long reporter, ReportBlock block);

        void goodbye(long ssrc);
    }

    private static final int HEADER = 8;
    private static final int BLOCK = 24;
    private static final int SENDER_INFO = 20;

    private RtcpReader() {
    }

    /** Whether a datagram is RTCP rather than RTP, if both use one port (RFC 5761 section 4). */
    public static boolean isRtcp(byte[] packet, int length) {
        int type = length < 2 ? 0 : packet[1] & 0xff;
        return type >= 192 && type <= 223;
    }

    /**
     * Whether it has the form of a compound packet (RFC 3550 appendix A.2): version 2 throughout, a report first, consistent
     * lengths. Checks only the headers.
     */
    public static boolean isCompound(byte[] packet, int length) {
        if (length < HEADER || (packet[1] & 0xfe) != RtcpWriter.SENDER_REPORT) {
            return false;
        }
        int at = 0;
        while (at + 4 <= length) {
            if ((packet[at] & 0xc0) != 0x80) {
                return false;
            }
            at += 4 * (Octets.uint16(packet, at + 2) + 1);
        }
        return at == length;
    }

    /** @return false if it is malformed; the contents before the defect have been passed to the handler */
    public static boolean read(byte[] packet, int length, Handler handler) {
        if (length < 4) {
            return false;
        }
        ByteBuffer in = ByteBuffer.wrap(packet, 0, length);
        for (int at = 0; at < length;) {
            if (at + 4 > length || (packet[at] & 0xc0) != 0x80) {
                return false;
            }
            int count = packet[at] & 0x1f;
            int type = packet[at + 1] & 0xff;
            int end = at + 4 * ((in.getShort(at + 2) & 0xffff) + 1);
            if (end > length || !readOne(in, at, end, count, type, handler)) {
                return false;
            }
            at = end;
        }
        return true;
    }

    private static boolean readOne(ByteBuffer in, int at, int end, int count, int type, Handler handler) {
        return switch (type) {
            case RtcpWriter.SENDER_REPORT -> {
                if (at + HEADER + SENDER_INFO > end) {
                    yield false;
                }
                int info = at + HEADER;
                handler.senderReport(u32(in, at + 4), in.getLong(info), u32(in, info + 8), u32(in, info + 12), u32(in, info + 16));
                yield readBlocks(in, u32(in, at + 4), info + SENDER_INFO, end, count, handler);
            }
            case RtcpWriter.RECEIVER_REPORT ->
                at + HEADER <= end && readBlocks(in, u32(in, at + 4), at + HEADER, end, count, handler);
            case RtcpWriter.GOODBYE -> {
                if (at + 4 + 4 * count > end) {
                    yield false;
                }
                for (int i = 0; i < count; i++) {
                    handler.goodbye(u32(in, at + 4 + 4 * i));
                }
                yield true;
            }
            default -> true;
        };
    }

    private static boolean readBlocks(ByteBuffer in, long reporter, int from, int end, int count, Handler handler) {
        int there = Math.clamp((end - from) / BLOCK, 0, count);
        for (int at = from; at < from + there * BLOCK; at += BLOCK) {
            // Shifting a 24-bit number left and right again extends its sign.
            int lost = in.getInt(at + 4) << 8 >> 8;
            handler.reportBlock(reporter, new ReportBlock(u32(in, at), in.get(at + 4) & 0xff, lost,
                    u32(in, at + 8), u32(in, at + 12), u32(in, at + 16), u32(in, at + 20)));
        }
        return there == count;
    }

    private static long u32(ByteBuffer in, int at) {
        return in.getInt(at) & 0xffff_ffffL;
    }
}
