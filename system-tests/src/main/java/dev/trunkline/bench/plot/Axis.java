package dev.trunkline.bench.plot;

import java.util.List;

/**
 * Where values stand in a drawing.
 *
 * @param ticks in ascending order: the axis reaches from the first to the last
 * @param logarithmic whether equal ways are equal factors
 * @param begin where the first tick stands, in units of the drawing
 * @param end where the last one does
 */
record Axis(List<Double> ticks, boolean logarithmic, double begin, double end) {
    /** From zero. */
    static Axis linear(double greatest, int most, double begin, double end) {
        return new Axis(Ticks.linear(greatest, most), false, begin, end);
    }

    static Axis logarithmic(double least, double greatest, double begin, double end) {
        return new Axis(Ticks.logarithmic(least, greatest), true, begin, end);
    }

    /** What lies outside stands at the end that is nearer. */
    double at(double value) {
        double share = (scaled(value) - scaled(from())) / (scaled(to()) - scaled(from()));
        return begin + Math.clamp(share, 0, 1) * (end - begin);
    }

    private double scaled(double value) {
        return logarithmic ? Math.log(Math.max(value, Double.MIN_NORMAL)) : value;
    }

    double from() {
        return ticks.getFirst();
    }

    double to() {
        return ticks.getLast();
    }
}
