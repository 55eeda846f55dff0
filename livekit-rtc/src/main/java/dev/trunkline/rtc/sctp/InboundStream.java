package dev.trunkline.rtc.sctp;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;

/** Reassembles the fragments of one stream and orders its ordered messages (RFC 9260 sections 6.5, 6.6, 6.9). */
final class InboundStream {
    /** Fragments of unordered messages by TSN: those of one message are consecutive. */
    private final TreeMap<Long, Chunk.Data> unordered = new TreeMap<>();
    /** Fragments of ordered messages by SSN, then TSN. */
    private final TreeMap<Long, TreeMap<Long, Chunk.Data>> ordered = new TreeMap<>();
    private long nextSsn;
    private long bytes;

    /** A complete message: its fragments in order. */
    record Whole(List<Chunk.Data> fragments) {

        int ppid() {
            return fragments.getFirst().ppid();
        }

        byte[] payload() {
            if (fragments.size() == 1) {
                return fragments.getFirst().payload();
            }
            byte[] payload = new byte[fragments.stream().mapToInt(f -> f.payload().length).sum()];
            int at = 0;
            for (Chunk.Data fragment : fragments) {
                System.arraycopy(fragment.payload(), 0, payload, at, fragment.payload().length);
                at += fragment.payload().length;
            }
            return payload;
        }
    }

    /** Bytes of waiting fragments. */
    long bytes() {
        return bytes;
    }

    /**
     * Adds a new fragment.
     *
     * @param settled every TSN up to here has been received or abandoned
     */
    void add(long tsn, Chunk.Data data, long settled, Consumer<Whole> whole) {
        if (data.flags().unordered()) {
            addUnordered(tsn, data, settled, whole);
        } else {
            addOrdered(tsn, data, whole);
        }
    }

    private void addUnordered(long tsn, Chunk.Data data, long settled, Consumer<Whole> whole) {
        boolean headless = !data.flags().first() && tsn - 1 <= settled && !unordered.containsKey(tsn - 1);
        if (headless) {
            return; // the rest of a message whose beginning was abandoned
        }
        hold(unordered, tsn, data);
        long first = tsn;
        while (!unordered.get(first).flags().first()) {
            if (!unordered.containsKey(--first)) {
                return;
            }
        }
        long last = tsn;
        while (!unordered.get(last).flags().last()) {
            if (!unordered.containsKey(++last)) {
                return;
            }
        }
        whole.accept(take(unordered.subMap(first, true, last, true)));
    }

    private void addOrdered(long tsn, Chunk.Data data, Consumer<Whole> whole) {
        long ssn = Serial.ssn(nextSsn, data.ssn());
        if (ssn < nextSsn) {
            return; // its message was abandoned
        }
        hold(ordered.computeIfAbsent(ssn, _ -> new TreeMap<>()), tsn, data);
        deliver(whole);
    }

    private void deliver(Consumer<Whole> whole) {
        while (!ordered.isEmpty() && ordered.firstKey() == nextSsn && isWhole(ordered.firstEntry().getValue())) {
            TreeMap<Long, Chunk.Data> fragments = ordered.pollFirstEntry().getValue();
            nextSsn++;
            whole.accept(take(fragments));
        }
    }

    private static boolean isWhole(TreeMap<Long, Chunk.Data> fragments) {
        return fragments.firstEntry().getValue().flags().first()
                && fragments.lastEntry().getValue().flags().last()
                && fragments.lastKey() - fragments.firstKey() == fragments.size() - 1;
    }

    /** The peer abandoned all ordered messages up to this one; complete ones are still delivered. */
    void skip(int ssn, Consumer<Whole> whole) {
        long last = Serial.ssn(nextSsn, ssn);
        if (last < nextSsn) {
            return;
        }
        while (!ordered.isEmpty() && ordered.firstKey() <= last) {
            TreeMap<Long, Chunk.Data> fragments = ordered.pollFirstEntry().getValue();
            Whole message = isWhole(fragments) ? take(fragments) : drop(fragments);
            if (!message.fragments().isEmpty()) {
                whole.accept(message);
            }
        }
        nextSsn = last + 1;
        deliver(whole);
    }

    /** The peer abandoned all incomplete unordered messages up to this TSN. */
    void skipUnordered(long tsn) {
        long last = tsn;
        // Following fragments without a beginning belong to a message whose beginning was abandoned.
        while (unordered.containsKey(last + 1) && !unordered.get(last + 1).flags().first()) {
            last++;
        }
        drop(unordered.headMap(last, true));
    }

    /** The peer restarts this stream from SSN 0. */
    void reset() {
        ordered.values().forEach(this::drop);
        ordered.clear();
        nextSsn = 0;
    }

    private void hold(Map<Long, Chunk.Data> fragments, long tsn, Chunk.Data data) {
        fragments.put(tsn, data);
        bytes += data.payload().length;
    }

    private Whole take(Map<Long, Chunk.Data> fragments) {
        Whole whole = new Whole(new ArrayList<>(fragments.values()));
        drop(fragments);
        return whole;
    }

    private Whole drop(Map<Long, Chunk.Data> fragments) {
        for (Chunk.Data data : fragments.values()) {
            bytes -= data.payload().length;
        }
        fragments.clear();
        return new Whole(List.of());
    }
}
