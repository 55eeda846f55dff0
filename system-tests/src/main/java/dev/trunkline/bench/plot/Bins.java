package dev.trunkline.bench.plot;

import java.util.Arrays;
import java.util.List;

/**
 * How many values lie in each of several equal intervals of an axis.
 *
 * @param shares of all values, from the first interval to the last
 */
record Bins(List<Double> shares) {
    /** Counts values; one outside the axis counts in the nearest interval. */
    static Bins of(List<Double> values, Axis axis, int count) {
        int[] counts = new int[count];
        for (double value : values) {
            double way = (axis.at(value) - axis.begin()) / (axis.end() - axis.begin());
            counts[(int) Math.min(way * count, count - 1)]++;
        }
        return new Bins(Arrays.stream(counts).mapToObj(each -> (double) each / Math.max(values.size(), 1)).toList());
    }

    double greatest() {
        return shares.stream().mapToDouble(Double::doubleValue).max().orElse(0);
    }
}
