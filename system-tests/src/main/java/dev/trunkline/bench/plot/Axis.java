package dev.trunkline.bench.plot;

import java.util.List;

/**
 * Maps values to positions in a drawing.
 *
 * @param ticks in ascending order: the axis reaches from the first to the last
 * @param logarithmic whether equal distances are equal factors
 * @param begin position of the first tick, in units of the drawing
 * @param end position of the last tick
 */
record Axis(List<Double> ticks, boolean logarithmic, double begin, double end) {
    /** Returns a linear axis that begins at zero. */
    static Axis linear(double greatest, int most, double begin, double end) {
        return new Axis(Ticks.linear(greatest, most), false, begin, end);
    }

    static Axis logarithmic(double least, double greatest, double begin, double end) {
        return new Axis(Ticks.logarithmic(least, greatest), true, begin, end);
    }

    /** Returns the position of a value; one outside the axis is placed at the nearer end. */
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
