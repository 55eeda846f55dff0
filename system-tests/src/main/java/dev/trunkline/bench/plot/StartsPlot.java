package dev.trunkline.bench.plot;

import dev.trunkline.bench.plot.Svg.Anchor;
import dev.trunkline.bench.report.Numbers;
import dev.trunkline.bench.report.Start;
import java.util.Comparator;
import java.util.List;

/** Plots when the start of each part of the suite began and when it was ready, one below the other. */
public final class StartsPlot {
    private static final double ROW = 19;
    private static final double NAMES = 96;
    /** Space for the figures to the right of a bar that ends at the end of the axis. */
    private static final double FIGURES = 64;

    private StartsPlot() {}

    public static String of(List<Start> starts) {
        List<Start> sorted = starts.stream()
                .sorted(Comparator.comparingDouble(Start::begun).thenComparingDouble(Start::ready))
                .toList();
        double bottom = Frame.TOP + ROW * sorted.size();
        Svg svg = new Svg("when each part was begun and was ready", (int) bottom + 34);
        Axis x = Axis.linear(sorted.stream().mapToDouble(Start::ready).max().orElse(1), 5, NAMES, Frame.RIGHT - FIGURES);
        x.ticks().forEach(tick -> {
            svg.line("grid", x.at(tick), Frame.TOP - 4, x.at(tick), bottom);
            svg.text("tick", x.at(tick), bottom + 14, Anchor.MIDDLE, Numbers.text(tick));
        });
        svg.text("tick", Frame.RIGHT, bottom + 27, Anchor.END, "s after the start began");
        for (int i = 0; i < sorted.size(); i++) {
            row(svg, x, Frame.TOP + ROW * i, sorted.get(i));
        }
        return svg.done();
    }

    private static void row(Svg svg, Axis x, double top, Start start) {
        String took = Numbers.text(start.ready() - start.begun(), "s");
        String cpu = start.cpu() > 0 ? ", " + Numbers.text(start.cpu(), "s of CPU") : "";
        svg.text("name", NAMES - 6, top + 12, Anchor.END, start.part());
        svg.rect("column", x.at(start.begun()), top + 3, Math.max(x.at(start.ready()) - x.at(start.begun()), 1), ROW - 7,
                start.part() + ": " + took + cpu);
        svg.text("tick", x.at(start.ready()) + 4, top + 12, Anchor.START, took);
    }
}
