package dev.trunkline.bench.report;

import dev.trunkline.bench.report.Quantity.Kind;
import java.util.List;

/** How a quantity changes as the number of calls grows. */
public sealed interface Trend {
    /** Returns whether more calls cost more of this quantity. */
    boolean grows();

    String words();

    /** The quantity stays the same. */
    record Flat() implements Trend {
        @Override
        public boolean grows() {
            return false;
        }

        @Override
        public String words() {
            return "flat";
        }
    }

    /**
     * A cost per call, packet or event that changes.
     *
     * @param times the last step's value as a multiple of the first's
     */
    record Changes(double times) implements Trend {
        @Override
        public boolean grows() {
            return times > 1;
        }

        @Override
        public String words() {
            return (grows() ? "grows × " : "falls × ") + Numbers.text(times);
        }
    }

    /**
     * A total that changes with each call.
     *
     * @param each what one call adds, by least squares over all steps
     */
    record ByCall(double each) implements Trend {
        @Override
        public boolean grows() {
            return each > 0;
        }

        @Override
        public String words() {
            return (each > 0 ? "+" : "−") + Numbers.text(Math.abs(each)) + " a call";
        }
    }

    /** The trend is unknown, because fewer than two steps were measured. */
    record Unknown() implements Trend {
        @Override
        public boolean grows() {
            return false;
        }

        @Override
        public String words() {
            return "–";
        }
    }

    /** A cost per call, packet or event counts as unchanged up to this ratio between two steps. */
    double NOISE = 1.35;
    /** A total counts as unchanged if it changes by less than this share of itself from the first step to the last. */
    double TOTAL_NOISE = 0.1;
    /** It also counts as unchanged if it changes by less than this: a thread of a pool more or less. */
    double TOTAL_FLOOR = 3;

    /** Computes a trend. @param calls in ascending order @param values one for each number of calls */
    static Trend of(Kind kind, List<Double> calls, List<Double> values) {
        if (calls.size() != values.size()) {
            throw new IllegalArgumentException(calls.size() + " steps, but " + values.size() + " values");
        }
        if (calls.size() < 2) {
            return new Unknown();
        }
        return kind == Kind.SHARE ? share(values.getFirst(), values.getLast()) : total(calls, values);
    }

    private static Trend share(double first, double last) {
        if (first == last || first > 0 && last > 0 && last < first * NOISE && first < last * NOISE) {
            return new Flat();
        }
        return first <= 0 ? new Changes(last > first ? Double.POSITIVE_INFINITY : 0) : new Changes(Math.max(last, 0) / first);
    }

    private static Trend total(List<Double> calls, List<Double> values) {
        double each = slope(calls, values);
        double change = Math.abs(each * (calls.getLast() - calls.getFirst()));
        return change < Math.max(TOTAL_FLOOR, TOTAL_NOISE * values.getFirst()) ? new Flat() : new ByCall(each);
    }

    private static double slope(List<Double> xs, List<Double> ys) {
        double middleX = xs.stream().mapToDouble(Double::doubleValue).average().orElseThrow();
        double middleY = ys.stream().mapToDouble(Double::doubleValue).average().orElseThrow();
        double together = 0;
        double spread = 0;
        for (int i = 0; i < xs.size(); i++) {
            together += (xs.get(i) - middleX) * (ys.get(i) - middleY);
            spread += (xs.get(i) - middleX) * (xs.get(i) - middleX);
        }
        return spread == 0 ? 0 : together / spread;
    }
}
