package dev.trunkline.bench.plot;

import dev.trunkline.bench.plot.Svg.Anchor;
import dev.trunkline.bench.report.Numbers;

/** Draws the axes of a plot with their labels and grid lines. */
final class Frame {
    static final double LEFT = 44;
    static final double RIGHT = Svg.WIDTH - 20;
    static final double TOP = 18;

    private Frame() {}

    /** Draws a vertical axis. @param unit of the values, shown above the axis */
    static void vertical(Svg svg, Axis y, String unit) {
        for (double tick : y.ticks()) {
            svg.line("grid", LEFT, y.at(tick), RIGHT, y.at(tick));
            svg.text("tick", LEFT - 6, y.at(tick) + 3.5, Anchor.END, Numbers.text(tick));
        }
        svg.text("tick", LEFT - 6, TOP - 8, Anchor.END, unit);
    }

    /** Draws a horizontal axis. @param unit of the values, shown below the axis at its end */
    static void horizontal(Svg svg, Axis x, double bottom, String unit) {
        svg.line("axis", LEFT, bottom, RIGHT, bottom);
        double last = Double.NEGATIVE_INFINITY;
        for (double tick : x.ticks()) {
            // Keeps labels from touching each other where ticks are close.
            if (x.at(tick) - last >= 26) {
                svg.line("axis", x.at(tick), bottom, x.at(tick), bottom + 3);
                svg.text("tick", x.at(tick), bottom + 14, Anchor.MIDDLE, Numbers.text(tick));
                last = x.at(tick);
            }
        }
        svg.text("tick", RIGHT, bottom + 27, Anchor.END, unit);
    }
}
