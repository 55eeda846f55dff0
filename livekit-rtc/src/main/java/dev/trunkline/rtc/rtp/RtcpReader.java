package dev.trunkline.rtc.rtp;

import java.nio.ByteBuffer;

/** Reads compound RTCP packets (RFC 3550 section 6). */
public final class RtcpReader {

    /** Hears what a compound packet says; feedback and source descriptions are skipped. */
    public interface Handler {

        /** @param ntp the sender's time */
        void senderReport(long ssrc, long ntp, long timestamp, long packets, long octets);

        /** @param reporter who reports */
        void reportBlock(long reporter, ReportBlock block);

        void goodbye(long ssrc);
    }

    private static final int HEADER = 8;
    private static final int BLOCK = 24;
    private static final int SENDER_INFO = 20;

    private RtcpReader() {
    }

    /** @return false when it is malformed; what came before the bad place has been told */
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
        if (from + count * BLOCK > end) {
            return false;
        }
        for (int at = from; at < from + count * BLOCK; at += BLOCK) {
            // Shifting a 24-bit number up and down again keeps its sign.
            int lost = in.getInt(at + 4) << 8 >> 8;
            handler.reportBlock(reporter, new ReportBlock(u32(in, at), in.get(at + 4) & 0xff, lost,
                    u32(in, at + 8), u32(in, at + 12), u32(in, at + 16), u32(in, at + 20)));
        }
        return true;
    }

    private static long u32(ByteBuffer in, int at) {
        return in.getInt(at) & 0xffff_ffffL;
    }
}
