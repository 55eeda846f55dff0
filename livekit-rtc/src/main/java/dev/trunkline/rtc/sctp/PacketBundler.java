package dev.trunkline.rtc.sctp;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** Bundles chunks into as few packets as the MTU permits (RFC 9260 section 6.10). */
final class PacketBundler {
    private final int port;
    private final int mtu;
    private final Consumer<byte[]> outgoing;
    private final List<Chunk> chunks = new ArrayList<>();
    private int size = SctpPacket.HEADER_BYTES;
    private int tag;

    PacketBundler(int port, int mtu, Consumer<byte[]> outgoing) {
        this.port = port;
        this.mtu = mtu;
        this.outgoing = outgoing;
    }

    /** The peer's tag, which every packet except INIT carries. */
    void tag(int tag) {
        this.tag = tag;
    }

    /** User data that fits in a packet of its own. */
    int mostPayload() {
        return mtu - SctpPacket.HEADER_BYTES - 16 & ~3;
    }

    /** Whether a chunk with this much user data still fits in the current packet. */
    boolean fits(int payload) {
        return size + 16 + Tlv.padded(payload) <= mtu;
    }

    boolean isEmpty() {
        return chunks.isEmpty();
    }

    void add(Chunk chunk) {
        int more = Tlv.padded(ChunkWriter.size(chunk));
        if (size + more > mtu) {
            flush();
        }
        chunks.add(chunk);
        size += more;
    }

    void flush() {
        if (!chunks.isEmpty()) {
            sendAlone(tag, List.copyOf(chunks));
            chunks.clear();
            size = SctpPacket.HEADER_BYTES;
        }
    }

    /** Sends INIT or INIT ACK, which are not bundled with anything. */
    void sendAlone(int tag, Chunk chunk) {
        sendAlone(tag, List.of(chunk));
    }

    private void sendAlone(int tag, List<Chunk> chunks) {
        outgoing.accept(new SctpPacket(port, port, tag, chunks).bytes());
    }
}
