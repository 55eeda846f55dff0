package dev.trunkline.bench.report;

/**
 * The target that is set for a figure.
 *
 * @param limit the value that is just good enough, in the figure's unit
 * @param atMost whether smaller is better, as for times and costs, or greater, as for rates
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

    /** Returns for example {@code ≤ 0.28} or {@code ≥ 2,000}. */
    public String words() {
        return (atMost ? "≤ " : "≥ ") + Numbers.text(limit);
    }
}
