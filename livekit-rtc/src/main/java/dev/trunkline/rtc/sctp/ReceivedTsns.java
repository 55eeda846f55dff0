package dev.trunkline.rtc.sctp;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The TSNs received: all up to the cumulative one, and runs after it (RFC 9260 section 3.3.4). */
final class ReceivedTsns {
    /** How far after a gap a TSN is still accepted; also within the range of a gap's 16 bits. */
    static final int MAX_AHEAD = 16_384;

    private long cumulative;
    /** First to last TSN of each run; runs are never adjacent. */
    private final TreeMap<Long, Long> runs = new TreeMap<>();

    ReceivedTsns(int initialTsn) {
        cumulative = Serial.origin(initialTsn) - 1;
    }

    long cumulative() {
        return cumulative;
    }

    long highest() {
        return runs.isEmpty() ? cumulative : runs.lastEntry().getValue();
    }

    boolean hasGaps() {
        return !runs.isEmpty();
    }

    boolean contains(long tsn) {
        if (tsn <= cumulative) {
            return true;
        }
        Map.Entry<Long, Long> run = runs.floorEntry(tsn);
        return run != null && run.getValue() >= tsn;
    }

    boolean isInReach(long tsn) {
        return tsn <= cumulative + MAX_AHEAD;
    }

    /** Adds a new TSN. */
    void add(long tsn) {
        if (tsn == cumulative + 1 && runs.isEmpty()) {
            cumulative = tsn;
            return;
        }
        long first = tsn;
        long last = tsn;
        Map.Entry<Long, Long> before = runs.lowerEntry(tsn);
        if (before != null && before.getValue() == tsn - 1) {
            first = before.getKey();
        }
        Long after = runs.remove(tsn + 1);
        if (after != null) {
            last = after;
        }
        runs.put(first, last);
        close();
    }

    /** The peer abandoned what is missing up to here (RFC 3758 section 3.6). */
    void forward(long tsn) {
        cumulative = Math.max(cumulative, tsn);
        while (!runs.isEmpty() && runs.firstKey() <= cumulative) {
            cumulative = Math.max(cumulative, runs.pollFirstEntry().getValue());
        }
        close();
    }

    private void close() {
        while (!runs.isEmpty() && runs.firstKey() == cumulative + 1) {
            cumulative = runs.pollFirstEntry().getValue();
        }
    }

    List<Chunk.Sack.Gap> gaps(int most) {
        List<Chunk.Sack.Gap> gaps = new ArrayList<>(Math.min(most, runs.size()));
        for (Map.Entry<Long, Long> run : runs.entrySet()) {
            if (gaps.size() == most) {
                break;
            }
            gaps.add(new Chunk.Sack.Gap((int) (run.getKey() - cumulative), (int) (run.getValue() - cumulative)));
        }
        return gaps;
    }
}
