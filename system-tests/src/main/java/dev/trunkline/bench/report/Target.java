package dev.trunkline.bench.report;

/**
 * What the design wants of a figure (DESIGN section 11).
 *
 * @param limit the value that is just good enough, in the figure's unit
 * @param atMost whether smaller is better, as of times and costs, or greater, as of rates
 */
public record Target(double limit, boolean atMost) {
    public static Target atMost(double limit) {
        return new Target(limit, true);
    }

    public static Target atLeast(double limit) {
        return new Target(limit, false);
    }

    public boolean isMetBy(double value) {
        return atMost ? value <= limit : value >= limit;
    }

    /** {@code ≤ 0.28} or {@code ≥ 2,000}. */
    public String words() {
        return (atMost ? "≤ " : "≥ ") + Numbers.text(limit);
    }
}
