package dev.trunkline.rtc.sctp;

import java.nio.ByteBuffer;

/** Writes chunks. */
final class ChunkWriter {
    private static final int HEADER_BYTES = 4;

    private ChunkWriter() {}

    /** Size of the chunk in bytes, without padding. */
    static int size(Chunk chunk) {
        return HEADER_BYTES + switch (chunk) {
            case Chunk.Data data -> 12 + data.payload().length;
            case Chunk.Init init -> init.parameters().size();
            case Chunk.InitAck ack -> ack.parameters().size();
            case Chunk.Sack sack -> 12 + 4 * (sack.gaps().size() + sack.duplicates().size());
            case Chunk.Heartbeat heartbeat -> HEADER_BYTES + heartbeat.info().length;
            case Chunk.HeartbeatAck ack -> HEADER_BYTES + ack.info().length;
            case Chunk.Shutdown _ -> 4;
            case Chunk.OperationError error -> error.causes().length;
            case Chunk.CookieEcho echo -> echo.cookie().length;
            case Chunk.ForwardTsn forward -> 4 + 4 * forward.skips().size();
            case Chunk.Reconfig reconfig -> {
                int size = 0;
                for (Chunk.Reconfig.Parameter parameter : reconfig.parameters()) {
                    size = Tlv.padded(size) + size(parameter); // the padding of the last one is the chunk's
                }
                yield size;
            }
            case Chunk.Abort _, Chunk.ShutdownAck _, Chunk.CookieAck _, Chunk.ShutdownComplete _ -> 0;
            case Chunk.Unknown unknown -> unknown.bytes().length - HEADER_BYTES;
        };
    }

    private static int size(Chunk.Reconfig.Parameter parameter) {
        return switch (parameter) {
            case Chunk.Reconfig.ResetRequest request -> 16 + 2 * request.streamIds().size();
            case Chunk.Reconfig.Response _ -> 12;
        };
    }

    /** Writes the chunk with its padding. */
    static void write(Chunk chunk, ByteBuffer out) {
        int size = size(chunk);
        switch (chunk) {
            case Chunk.Data data -> {
                header(out, ChunkType.DATA, flags(data.flags()), size);
                out.putInt(data.tsn()).putShort((short) data.streamId()).putShort((short) data.ssn());
                out.putInt(data.ppid()).put(data.payload());
            }
            case Chunk.Init init -> {
                header(out, ChunkType.INIT, 0, size);
                init.parameters().write(out);
            }
            case Chunk.InitAck ack -> {
                header(out, ChunkType.INIT_ACK, 0, size);
                ack.parameters().write(out);
            }
            case Chunk.Sack sack -> {
                header(out, ChunkType.SACK, 0, size);
                sack(sack, out);
            }
            case Chunk.Heartbeat heartbeat -> {
                header(out, ChunkType.HEARTBEAT, 0, size);
                heartbeatInfo(heartbeat.info(), out);
            }
            case Chunk.HeartbeatAck ack -> {
                header(out, ChunkType.HEARTBEAT_ACK, 0, size);
                heartbeatInfo(ack.info(), out);
            }
            case Chunk.Abort abort -> header(out, ChunkType.ABORT, abort.reflected() ? 1 : 0, size);
            case Chunk.Shutdown shutdown -> {
                header(out, ChunkType.SHUTDOWN, 0, size);
                out.putInt(shutdown.cumulativeTsn());
            }
            case Chunk.ShutdownAck _ -> header(out, ChunkType.SHUTDOWN_ACK, 0, size);
            case Chunk.OperationError error -> {
                header(out, ChunkType.ERROR, 0, size);
                out.put(error.causes());
            }
            case Chunk.CookieEcho echo -> {
                header(out, ChunkType.COOKIE_ECHO, 0, size);
                out.put(echo.cookie());
            }
            case Chunk.CookieAck _ -> header(out, ChunkType.COOKIE_ACK, 0, size);
            case Chunk.ShutdownComplete complete ->
                header(out, ChunkType.SHUTDOWN_COMPLETE, complete.reflected() ? 1 : 0, size);
            case Chunk.ForwardTsn forward -> {
                header(out, ChunkType.FORWARD_TSN, 0, size);
                out.putInt(forward.cumulativeTsn());
                forward.skips().forEach(skip ->
                        out.putShort((short) skip.streamId()).putShort((short) skip.ssn()));
            }
            case Chunk.Reconfig reconfig -> {
                header(out, ChunkType.RE_CONFIG, 0, size);
                int written = 0;
                for (Chunk.Reconfig.Parameter parameter : reconfig.parameters()) {
                    Tlv.pad(out, written);
                    parameter(parameter, out);
                    written = size(parameter);
                }
            }
            case Chunk.Unknown unknown -> out.put(unknown.bytes());
        }
        Tlv.pad(out, size);
    }

    private static void header(ByteBuffer out, int type, int flags, int size) {
        out.put((byte) type).put((byte) flags).putShort((short) size);
    }

    private static int flags(Chunk.Data.Flags flags) {
        return (flags.immediate() ? 8 : 0) | (flags.unordered() ? 4 : 0) | (flags.first() ? 2 : 0)
                | (flags.last() ? 1 : 0);
    }

    private static void sack(Chunk.Sack sack, ByteBuffer out) {
        out.putInt(sack.cumulativeTsn()).putInt((int) sack.window());
        out.putShort((short) sack.gaps().size()).putShort((short) sack.duplicates().size());
        sack.gaps().forEach(gap -> out.putShort((short) gap.start()).putShort((short) gap.end()));
        sack.duplicates().forEach(out::putInt);
    }

    private static void heartbeatInfo(byte[] info, ByteBuffer out) {
        out.putShort((short) ChunkType.PARAM_HEARTBEAT_INFO).putShort((short) (HEADER_BYTES + info.length)).put(info);
    }

    private static void parameter(Chunk.Reconfig.Parameter parameter, ByteBuffer out) {
        switch (parameter) {
            case Chunk.Reconfig.ResetRequest request -> {
                out.putShort((short) ChunkType.PARAM_RESET_REQUEST).putShort((short) size(request));
                out.putInt(request.sequence()).putInt(request.responseSequence()).putInt(request.lastTsn());
                request.streamIds().forEach(id -> out.putShort(id.shortValue()));
            }
            case Chunk.Reconfig.Response response -> {
                out.putShort((short) ChunkType.PARAM_RECONFIG_RESPONSE).putShort((short) 12);
                out.putInt(response.sequence()).putInt(response.result());
            }
        }
    }
}
