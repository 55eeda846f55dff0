package dev.trunkline.bench.plot;

import dev.trunkline.bench.plot.Svg.Anchor;
import dev.trunkline.bench.report.Distribution;
import dev.trunkline.bench.report.Numbers;
import dev.trunkline.bench.report.Quantiles;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Shows how often each time was measured, with median and 99th percentile marked, and the target of the median. The axis is
 * logarithmic if the slowest time is far from the usual ones, so that both are visible.
 */
public final class HistogramPlot {
    private static final int HEIGHT = 190;
    private static final double BOTTOM = HEIGHT - 34;
    private static final double TOP = 44;
    private static final int BINS = 40;
    private static final double FAR = 12;
    /** The minimum of a logarithmic axis: a tenth of a millisecond is below the resolution of a phone's clock. */
    private static final double LEAST = 0.1;

    private HistogramPlot() {}

    /** Draws a distribution. @param before the same time in an older report, drawn as an outline */
    public static String of(Distribution now, Optional<Distribution> before) {
        Svg svg = new Svg(now.what() + ", how often each time was measured", HEIGHT);
        if (now.isEmpty()) {
            return svg.text("tick", Svg.WIDTH / 2.0, HEIGHT / 2.0, Anchor.MIDDLE, "nothing measured").done();
        }
        List<Double> old = before.map(Distribution::millis).orElse(List.of());
        Axis x = axis(Stream.concat(now.millis().stream(), old.stream()).toList());
        Bins bins = Bins.of(now.millis(), x, BINS);
        Bins oldBins = Bins.of(old, x, BINS);
        Axis y = Axis.linear(100 * Math.max(bins.greatest(), oldBins.greatest()), 4, BOTTOM, TOP);
        for (double tick : y.ticks()) {
            svg.line("grid", Frame.LEFT, y.at(tick), Frame.RIGHT, y.at(tick));
            svg.text("tick", Frame.LEFT - 6, y.at(tick) + 3.5, Anchor.END, Numbers.text(tick) + " %");
        }
        bars(svg, bins, y);
        if (!old.isEmpty()) {
            outline(svg, oldBins, y);
        }
        Frame.horizontal(svg, x, BOTTOM, x.logarithmic() ? "ms, logarithmic" : "ms");
        Quantiles quantiles = now.quantiles();
        now.target().ifPresent(target -> mark(svg, x, target.limit(), "goal", 10, "target p50 " + Numbers.text(target.limit())));
        mark(svg, x, quantiles.at(0.5), "p50", 22, "p50 " + Numbers.text(quantiles.at(0.5)));
        mark(svg, x, quantiles.at(0.99), "p99", 34, "p99 " + Numbers.text(quantiles.at(0.99)));
        return svg.done();
    }

    static Axis axis(List<Double> millis) {
        Quantiles all = Quantiles.of(millis);
        double least = all.at(Double.MIN_NORMAL);
        double greatest = all.at(1);
        return greatest > FAR * all.at(0.5)
                ? Axis.logarithmic(Math.max(least, LEAST), Math.max(greatest, LEAST), Frame.LEFT, Frame.RIGHT)
                : Axis.linear(greatest, 6, Frame.LEFT, Frame.RIGHT);
    }

    private static void bars(Svg svg, Bins bins, Axis y) {
        double width = (Frame.RIGHT - Frame.LEFT) / BINS;
        for (int i = 0; i < BINS; i++) {
            double share = 100 * bins.shares().get(i);
            if (share > 0) {
                svg.rect("column", Frame.LEFT + i * width + 0.5, y.at(share), width - 1, BOTTOM - y.at(share), Numbers.text(share) + " %");
            }
        }
    }

    private static void outline(Svg svg, Bins bins, Axis y) {
        double width = (Frame.RIGHT - Frame.LEFT) / BINS;
        List<double[]> points = new ArrayList<>();
        for (int i = 0; i < BINS; i++) {
            double top = y.at(100 * bins.shares().get(i));
            points.add(new double[] {Frame.LEFT + i * width, top});
            points.add(new double[] {Frame.LEFT + (i + 1) * width, top});
        }
        svg.path("before", points);
    }

    /** Draws a marker line, with its label on the side that has room. */
    private static void mark(Svg svg, Axis x, double value, String style, double height, String words) {
        double at = x.at(value);
        boolean left = at > (Frame.LEFT + Frame.RIGHT) / 2;
        svg.line("mark " + style, at, height - 6, at, BOTTOM);
        svg.text("label " + style, left ? at - 4 : at + 4, height + 2, left ? Anchor.END : Anchor.START, words);
    }
}
