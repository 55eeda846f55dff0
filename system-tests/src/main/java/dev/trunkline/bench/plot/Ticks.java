package dev.trunkline.bench.plot;

import java.util.ArrayList;
import java.util.List;

/** Chooses the round numbers at which an axis is labelled: 1, 2 or 5 times a power of ten. */
final class Ticks {
    private Ticks() {}

    /**
     * Returns ticks from zero to a round number that is no less than the greatest value.
     *
     * @param most the most steps, 1 or more
     */
    static List<Double> linear(double greatest, int most) {
        double step = step(greatest <= 0 ? 1 : greatest, most);
        List<Double> ticks = new ArrayList<>();
        for (int i = 0; ticks.isEmpty() || ticks.getLast() < greatest * (1 - 1e-9) || ticks.size() < 2; i++) {
            ticks.add(i * step);
        }
        return List.copyOf(ticks);
    }

    private static double step(double greatest, int most) {
        double least = greatest / most;
        double ten = Math.pow(10, Math.floor(Math.log10(least)));
        for (double times : new double[] {1, 2, 5}) {
            if (times * ten >= least * (1 - 1e-9)) {
                return times * ten;
            }
        }
        return 10 * ten;
    }

    /**
     * Returns ticks from a round number that is no greater than the least value to one that is no less than the greatest.
     *
     * @param least above 0
     */
    static List<Double> logarithmic(double least, double greatest) {
        if (least <= 0 || greatest < least) {
            throw new IllegalArgumentException("no logarithmic axis from " + least + " to " + greatest);
        }
        List<Double> ticks = new ArrayList<>();
        double ten = Math.pow(10, Math.floor(Math.log10(least)));
        while (ticks.isEmpty() || ticks.getLast() < greatest * (1 - 1e-9)) {
            for (double times : new double[] {1, 2, 5}) {
                double tick = times * ten;
                if (!ticks.isEmpty() && ticks.getLast() >= greatest * (1 - 1e-9)) {
                    break;
                }
                if (tick <= least * (1 + 1e-9)) {
                    ticks.clear();
                }
                ticks.add(tick);
            }
            ten *= 10;
        }
        return ticks.size() > 1 ? List.copyOf(ticks) : List.of(ticks.getFirst(), ticks.getFirst() * 2);
    }
}
