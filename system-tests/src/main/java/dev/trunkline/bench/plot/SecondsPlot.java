package dev.trunkline.bench.plot;

import dev.trunkline.bench.plot.Svg.Anchor;
import dev.trunkline.bench.report.FirstMinute;
import dev.trunkline.bench.report.Numbers;
import dev.trunkline.bench.report.Second;
import java.util.List;

/** Plots the first seconds of a suite: for each, the results of its INVITEs, and how long the slowest of them took. */
public final class SecondsPlot {
    private static final int HEIGHT = 220;
    private static final double BOTTOM = HEIGHT - 34;

    private SecondsPlot() {}

    /** Plots how many INVITEs were answered in time, and the results of the others. */
    public static String answers(FirstMinute minute) {
        Svg svg = new Svg("what became of the INVITEs of each second", HEIGHT);
        Axis x = seconds(minute);
        Axis y = Axis.linear(minute.seconds().stream().mapToInt(Second::sent).max().orElse(1), 5, BOTTOM, Frame.TOP);
        Frame.vertical(svg, y, "");
        svg.text("tick", Frame.LEFT, Frame.TOP - 8, Anchor.START, "INVITEs");
        for (int i = 0; i < minute.seconds().size(); i++) {
            Second second = minute.seconds().get(i);
            double low = stack(svg, x, y, i, 0, second.inTime(), "good", "in time");
            low = stack(svg, x, y, i, low, second.late(), "late", "late");
            low = stack(svg, x, y, i, low, second.refused(), "refused", "refused otherwise");
            stack(svg, x, y, i, low, second.unanswered(), "none", "no answer");
        }
        Frame.horizontal(svg, x, BOTTOM, "s after the first INVITE");
        return svg.done();
    }

    private static double stack(Svg svg, Axis x, Axis y, int second, double low, int count, String style, String words) {
        if (count > 0) {
            svg.rect(style, x.at(second) + 0.5, y.at(low + count), x.at(second + 1) - x.at(second) - 1, y.at(low) - y.at(low + count),
                    "second " + (second + 1) + ": " + count + " " + words);
        }
        return low + count;
    }

    /** Plots the slowest final response of each second's INVITEs. */
    public static String slowest(FirstMinute minute) {
        Svg svg = new Svg("the slowest answer of each second", HEIGHT);
        Axis x = seconds(minute);
        double greatest = minute.seconds().stream().mapToDouble(Second::slowestMillis).max().orElse(1);
        Axis y = Axis.linear(greatest, 5, BOTTOM, Frame.TOP);
        Frame.vertical(svg, y, "");
        svg.text("tick", Frame.LEFT, Frame.TOP - 8, Anchor.START, "ms until the slowest answer");
        List<Second> seconds = minute.seconds();
        for (int i = 0; i < seconds.size(); i++) {
            double top = y.at(seconds.get(i).slowestMillis());
            svg.rect("column", x.at(i) + 0.5, top, x.at(i + 1) - x.at(i) - 1, BOTTOM - top,
                    "second " + (i + 1) + ": " + Numbers.text(seconds.get(i).slowestMillis(), "ms"));
        }
        Frame.horizontal(svg, x, BOTTOM, "s after the first INVITE");
        return svg.done();
    }

    private static Axis seconds(FirstMinute minute) {
        return Axis.linear(Math.max(minute.seconds().size(), 1), 6, Frame.LEFT, Frame.RIGHT);
    }
}
