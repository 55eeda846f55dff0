package dev.trunkline.rtc.sctp;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/** Parses chunks. An invalid chunk causes an exception that {@link SctpPacket#parse} turns into a dropped packet. */
final class ChunkReader {

    private ChunkReader() {}

    static List<Chunk> read(ByteBuffer in) {
        List<Chunk> chunks = new ArrayList<>();
        while (in.hasRemaining()) {
            chunks.add(chunk(Tlv.next(in)));
        }
        return chunks;
    }

    private static Chunk chunk(ByteBuffer in) {
        int type = Byte.toUnsignedInt(in.get());
        int flags = Byte.toUnsignedInt(in.get());
        in.getShort(); // length, used already to delimit the chunk
        return switch (type) {
            case ChunkType.DATA -> data(in, flags);
            case ChunkType.INIT -> new Chunk.Init(InitParameters.read(in));
            case ChunkType.INIT_ACK -> new Chunk.InitAck(InitParameters.read(in));
            case ChunkType.SACK -> sack(in);
            case ChunkType.HEARTBEAT -> new Chunk.Heartbeat(heartbeatInfo(in));
            case ChunkType.HEARTBEAT_ACK -> new Chunk.HeartbeatAck(heartbeatInfo(in));
            case ChunkType.ABORT -> new Chunk.Abort((flags & 1) != 0);
            case ChunkType.SHUTDOWN -> new Chunk.Shutdown(in.getInt());
            case ChunkType.SHUTDOWN_ACK -> new Chunk.ShutdownAck();
            case ChunkType.ERROR -> new Chunk.OperationError(Tlv.bytes(in));
            case ChunkType.COOKIE_ECHO -> new Chunk.CookieEcho(Tlv.bytes(in));
            case ChunkType.COOKIE_ACK -> new Chunk.CookieAck();
            case ChunkType.SHUTDOWN_COMPLETE -> new Chunk.ShutdownComplete((flags & 1) != 0);
            case ChunkType.FORWARD_TSN -> forwardTsn(in);
            case ChunkType.RE_CONFIG -> reconfig(in);
            default -> new Chunk.Unknown(type, Tlv.bytes(in.rewind()));
        };
    }

    private static Chunk data(ByteBuffer in, int flags) {
        int tsn = in.getInt();
        int streamId = Short.toUnsignedInt(in.getShort());
        int ssn = Short.toUnsignedInt(in.getShort());
        int ppid = in.getInt();
        if (!in.hasRemaining()) {
            throw new IllegalArgumentException("DATA without user data"); // section 3.3.1
        }
        return new Chunk.Data(tsn, streamId, ssn, ppid,
                new Chunk.Data.Flags((flags & 8) != 0, (flags & 4) != 0, (flags & 2) != 0, (flags & 1) != 0),
                Tlv.bytes(in));
    }

    private static Chunk sack(ByteBuffer in) {
        int cumulative = in.getInt();
        long window = Integer.toUnsignedLong(in.getInt());
        int gapCount = Short.toUnsignedInt(in.getShort());
        int duplicateCount = Short.toUnsignedInt(in.getShort());
        if (in.remaining() < 4 * (gapCount + duplicateCount)) {
            throw new IllegalArgumentException("SACK is shorter than it says");
        }
        List<Chunk.Sack.Gap> gaps = new ArrayList<>(gapCount);
        for (int i = 0; i < gapCount; i++) {
            gaps.add(new Chunk.Sack.Gap(
                    Short.toUnsignedInt(in.getShort()), Short.toUnsignedInt(in.getShort())));
        }
        List<Integer> duplicates = new ArrayList<>(duplicateCount);
        for (int i = 0; i < duplicateCount; i++) {
            duplicates.add(in.getInt());
        }
        return new Chunk.Sack(cumulative, window, gaps, duplicates);
    }

    private static byte[] heartbeatInfo(ByteBuffer in) {
        ByteBuffer whole = Tlv.next(in);
        return Tlv.bytes(whole.position(4));
    }

    private static Chunk forwardTsn(ByteBuffer in) {
        int cumulative = in.getInt();
        List<Chunk.ForwardTsn.Skip> skips = new ArrayList<>();
        while (in.remaining() >= 4) {
            skips.add(new Chunk.ForwardTsn.Skip(
                    Short.toUnsignedInt(in.getShort()), Short.toUnsignedInt(in.getShort())));
        }
        return new Chunk.ForwardTsn(cumulative, skips);
    }

    private static Chunk reconfig(ByteBuffer in) {
        List<Chunk.Reconfig.Parameter> parameters = new ArrayList<>();
        while (in.remaining() >= 4) {
            ByteBuffer whole = Tlv.next(in);
            int type = Short.toUnsignedInt(whole.getShort());
            whole.getShort();
            switch (type) {
                case ChunkType.PARAM_RESET_REQUEST -> parameters.add(resetRequest(whole));
                case ChunkType.PARAM_RECONFIG_RESPONSE ->
                    parameters.add(new Chunk.Reconfig.Response(whole.getInt(), whole.getInt()));
                default -> { } // WebRTC does not add streams or reset TSNs
            }
        }
        return new Chunk.Reconfig(parameters);
    }

    private static Chunk.Reconfig.ResetRequest resetRequest(ByteBuffer in) {
        int sequence = in.getInt();
        int responseSequence = in.getInt();
        int lastTsn = in.getInt();
        List<Integer> streamIds = new ArrayList<>();
        while (in.remaining() >= 2) {
            streamIds.add(Short.toUnsignedInt(in.getShort()));
        }
        return new Chunk.Reconfig.ResetRequest(sequence, responseSequence, lastTsn, streamIds);
    }
}
