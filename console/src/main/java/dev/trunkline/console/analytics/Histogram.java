package dev.trunkline.console.analytics;

import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;

/** Counts how often each value occurred, in bins that grow by a tenth: percentiles are accurate to some 5 %. Pure. */
final class Histogram {
    private static final double BASE = 1.1;

    private final TreeMap<Integer, Long> bins = new TreeMap<>();

    /** @param bin the logarithm of the value, rounded down */
    void add(int bin, long count) {
        bins.merge(bin, count, Long::sum);
    }

    /** Returns the bin below which a share of the values lies. @param share 0 to 1 */
    Optional<Integer> bin(double share) {
        long all = bins.values().stream().mapToLong(Long::longValue).sum();
        long wanted = Math.max(1, (long) Math.ceil(all * share));
        long below = 0;
        for (Map.Entry<Integer, Long> bin : bins.entrySet()) {
            below += bin.getValue();
            if (bin.getValue() > 0 && below >= wanted) {
                return Optional.of(bin.getKey());
            }
        }
        return Optional.empty();
    }

    /** The middle value of that bin, in milliseconds. */
    OptionalLong millis(double share) {
        Optional<Integer> bin = bin(share);
        return bin.isEmpty() ? OptionalLong.empty() : OptionalLong.of(Math.round(Math.pow(BASE, bin.get() + 0.5)));
    }
}
