package dev.trunkline.bench.report;

import dev.trunkline.bench.report.Quantity.Kind;
import java.util.List;

/** What becomes of a quantity as calls become more. */
public sealed interface Trend {
    /** Whether growth of the suite is paid for by this. */
    boolean grows();

    String words();

    /** It stays. */
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
     * A share that changes.
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
     * @param each what a call adds, by least squares over all steps
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

    /** Fewer than two steps were measured. */
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

    /** A share may differ so much between two steps and be the same all the same. */
    double NOISE = 1.35;
    /** A total that changes by less than this share of itself from the first step to the last is the same. */
    double TOTAL_NOISE = 0.1;
    /** And one that changes by less than this many: a thread of a pool more or less. */
    double TOTAL_FLOOR = 3;

    /** @param calls and the value with so many, in ascending order of the calls */
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
