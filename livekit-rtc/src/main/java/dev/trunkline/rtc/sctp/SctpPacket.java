package dev.trunkline.rtc.sctp;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import java.util.Optional;
import java.util.zip.CRC32C;

/** A packet: common header (RFC 9260 section 3.1) and chunks. */
record SctpPacket(int sourcePort, int destinationPort, int tag, List<Chunk> chunks) {
    static final int HEADER_BYTES = 12;
    private static final int CHECKSUM_OFFSET = 8;

    /** Returns empty if the bytes are not a packet, or their checksum is wrong. */
    static Optional<SctpPacket> parse(byte[] bytes) {
        if (bytes.length < HEADER_BYTES + 4) {
            return Optional.empty();
        }
        ByteBuffer in = ByteBuffer.wrap(bytes);
        // The checksum is transmitted with its least significant byte first (appendix A).
        if (in.order(ByteOrder.LITTLE_ENDIAN).getInt(CHECKSUM_OFFSET) != checksum(bytes)) {
            return Optional.empty();
        }
        in.order(ByteOrder.BIG_ENDIAN);
        int source = Short.toUnsignedInt(in.getShort());
        int destination = Short.toUnsignedInt(in.getShort());
        int tag = in.getInt();
        in.position(HEADER_BYTES);
        try {
            return Optional.of(new SctpPacket(source, destination, tag, ChunkReader.read(in)));
        } catch (BufferUnderflowException | IndexOutOfBoundsException | IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    byte[] bytes() {
        int size = HEADER_BYTES;
        for (Chunk chunk : chunks) {
            size += Tlv.padded(ChunkWriter.size(chunk));
        }
        ByteBuffer out = ByteBuffer.allocate(size);
        out.putShort((short) sourcePort).putShort((short) destinationPort).putInt(tag).putInt(0);
        chunks.forEach(chunk -> ChunkWriter.write(chunk, out));
        out.order(ByteOrder.LITTLE_ENDIAN).putInt(CHECKSUM_OFFSET, checksum(out.array()));
        return out.array();
    }

    /** CRC32c over the packet, with zeros in place of the checksum. */
    private static int checksum(byte[] bytes) {
        CRC32C crc = new CRC32C();
        crc.update(bytes, 0, CHECKSUM_OFFSET);
        crc.update(0);
        crc.update(0);
        crc.update(0);
        crc.update(0);
        crc.update(bytes, HEADER_BYTES, bytes.length - HEADER_BYTES);
        return (int) crc.getValue();
    }
}
