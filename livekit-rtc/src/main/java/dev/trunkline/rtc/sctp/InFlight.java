package dev.trunkline.rtc.sctp;

import java.util.ArrayDeque;
import java.util.Iterator;
import java.util.List;
import java.util.OptionalLong;

/** The fragments between the peer's cumulative acknowledgement and the last TSN sent, in order of TSN. */
final class InFlight implements Iterable<SentChunk> {
    private final ArrayDeque<SentChunk> chunks = new ArrayDeque<>();
    private long outstanding;

    /**
     * The effect of one SACK.
     *
     * @param bytes newly acknowledged
     * @param highestNew highest TSN newly acknowledged; 0 for none
     * @param highest highest TSN that it acknowledges at all
     * @param sentAt send time of the newest fragment that was sent only once (Karn's rule)
     */
    record Acked(long bytes, long highestNew, long highest, OptionalLong sentAt) {}

    void add(SentChunk chunk) {
        chunks.add(chunk);
        outstanding += chunk.length;
    }

    void become(SentChunk chunk, SentChunk.State state) {
        if (chunk.state == SentChunk.State.OUTSTANDING) {
            outstanding -= chunk.length;
        }
        if (state == SentChunk.State.OUTSTANDING) {
            outstanding += chunk.length;
        }
        chunk.state = state;
    }

    /** Bytes presumed to be in transit. */
    long outstanding() {
        return outstanding;
    }

    int size() {
        return chunks.size();
    }

    boolean isEmpty() {
        return chunks.isEmpty();
    }

    @Override
    public Iterator<SentChunk> iterator() {
        return chunks.iterator();
    }

    Acked acknowledge(long cumulative, List<Chunk.Sack.Gap> gaps) {
        long bytes = 0;
        long highestNew = 0;
        long highest = cumulative;
        OptionalLong sentAt = OptionalLong.empty();
        while (!chunks.isEmpty() && chunks.element().tsn <= cumulative) {
            SentChunk chunk = chunks.remove();
            if (chunk.state == SentChunk.State.OUTSTANDING || chunk.state == SentChunk.State.LOST) {
                bytes += chunk.length;
                highestNew = chunk.tsn;
                sentAt = chunk.transmissions == 1 ? OptionalLong.of(chunk.sentAt) : sentAt;
                become(chunk, SentChunk.State.ACKED);
            }
        }
        for (Chunk.Sack.Gap gap : gaps) {
            highest = Math.max(highest, cumulative + gap.end());
        }
        Iterator<Chunk.Sack.Gap> blocks = gaps.iterator();
        Chunk.Sack.Gap block = blocks.hasNext() ? blocks.next() : null;
        for (SentChunk chunk : chunks) {
            while (block != null && chunk.tsn > cumulative + block.end()) {
                block = blocks.hasNext() ? blocks.next() : null;
            }
            boolean reported = block != null && chunk.tsn >= cumulative + block.start();
            if (reported && (chunk.state == SentChunk.State.OUTSTANDING || chunk.state == SentChunk.State.LOST)) {
                bytes += chunk.length;
                highestNew = chunk.tsn;
                sentAt = chunk.transmissions == 1 ? OptionalLong.of(chunk.sentAt) : sentAt;
                become(chunk, SentChunk.State.ACKED);
            } else if (!reported && chunk.state == SentChunk.State.ACKED) {
                // The receiver discarded it again for lack of buffer space (section 6.2.1).
                become(chunk, SentChunk.State.OUTSTANDING);
            }
        }
        return new Acked(bytes, highestNew, highest, sentAt);
    }
}
