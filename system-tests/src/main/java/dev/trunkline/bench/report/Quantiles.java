package dev.trunkline.bench.report;

import java.util.Arrays;
import java.util.Collection;

/** Quantiles of some measurements by nearest rank: each is a value that was actually measured. */
public final class Quantiles {
    private final double[] sorted;

    private Quantiles(double[] sorted) {
        this.sorted = sorted;
    }

    public static Quantiles of(Collection<Double> values) {
        double[] sorted = values.stream().mapToDouble(Double::doubleValue).toArray();
        Arrays.sort(sorted);
        return new Quantiles(sorted);
    }

    public int count() {
        return sorted.length;
    }

    /**
     * @param q above 0, at most 1
     * @throws IllegalStateException if nothing was measured
     */
    public double at(double q) {
        if (sorted.length == 0) {
            throw new IllegalStateException("nothing was measured");
        }
        int rank = (int) Math.ceil(q * sorted.length);
        return sorted[Math.max(rank, 1) - 1];
    }

    /** Returns for example {@code p50 3.1  p99 8.0  max 9.2 ms of 30}; says so if nothing was measured. */
    public String millis() {
        return sorted.length == 0
                ? "nothing measured"
                : "p50 %.1f  p99 %.1f  max %.1f ms of %d".formatted(at(0.5), at(0.99), at(1), sorted.length);
    }
}
