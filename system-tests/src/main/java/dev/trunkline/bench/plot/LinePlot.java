package dev.trunkline.bench.plot;

import dev.trunkline.bench.plot.Svg.Anchor;
import dev.trunkline.bench.report.Numbers;
import dev.trunkline.bench.report.Target;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** Plots values against the number of calls, one line per series. */
public final class LinePlot {
    private static final int HEIGHT = 220;
    private static final double BOTTOM = HEIGHT - 34;
    /** Space to the right of the last point, for the names of the lines. */
    private static final double NAMES = 90;
    private static final double BETWEEN_NAMES = 12;
    private static final int COLOURS = 7;

    private LinePlot() {}

    public record Point(double x, double y) {}

    /**
     * @param colour 0 and up: index of one of the page's colours; the same part has the same colour in each plot
     * @param points in ascending order of x
     */
    public record Line(String name, int colour, List<Point> points) {
        public Line {
            points = List.copyOf(points);
        }

        private String style() {
            return "s" + colour % COLOURS;
        }
    }

    /**
     * @param unit of the values
     * @param target drawn as a horizontal line, if there is one
     */
    public static String of(String title, String xs, String unit, List<Line> lines, Optional<Target> target) {
        Svg svg = new Svg(title, HEIGHT);
        List<Line> drawn = lines.stream().filter(line -> !line.points().isEmpty()).toList();
        if (drawn.isEmpty()) {
            return svg.text("tick", Svg.WIDTH / 2.0, HEIGHT / 2.0, Anchor.MIDDLE, "nothing measured").done();
        }
        double greatest = greatest(drawn, target);
        Axis x = Axis.linear(drawn.stream().mapToDouble(line -> line.points().getLast().x()).max().orElseThrow(),
                5, Frame.LEFT, Frame.RIGHT - NAMES);
        Axis y = Axis.linear(greatest, 5, BOTTOM, Frame.TOP);
        Frame.vertical(svg, y, "");
        svg.text("tick", Frame.LEFT, Frame.TOP - 8, Anchor.START, unit);
        Frame.horizontal(svg, x, BOTTOM, xs);
        target.ifPresent(wanted -> {
            svg.line("mark goal", Frame.LEFT, y.at(wanted.limit()), Frame.RIGHT - NAMES, y.at(wanted.limit()));
            svg.text("label goal", Frame.LEFT + 4, y.at(wanted.limit()) - 4, Anchor.START, "target " + Numbers.text(wanted.limit()));
        });
        for (Line line : drawn) {
            svg.path("line " + line.style(), line.points().stream().map(point -> new double[] {x.at(point.x()), y.at(point.y())}).toList());
            line.points().forEach(point -> svg.dot("dot " + line.style(), x.at(point.x()), y.at(point.y()),
                    line.name() + ", " + Numbers.text(point.x()) + " " + xs + ": " + Numbers.text(point.y(), unit)));
        }
        names(svg, drawn, y);
        return svg.done();
    }

    private static double greatest(List<Line> lines, Optional<Target> target) {
        double most = lines.stream().flatMap(line -> line.points().stream()).mapToDouble(Point::y).max().orElse(0);
        return Math.max(most, target.map(Target::limit).orElse(0.0));
    }

    /** Draws the names, each beside the last point of its line, or lower if the name above would cover it. */
    private static void names(Svg svg, List<Line> lines, Axis y) {
        List<Line> fromTop = new ArrayList<>(lines);
        fromTop.sort(Comparator.comparingDouble(line -> -line.points().getLast().y()));
        double least = Frame.TOP;
        List<Double> places = new ArrayList<>();
        for (Line line : fromTop) {
            double place = Math.max(y.at(line.points().getLast().y()), least);
            places.add(place);
            least = place + BETWEEN_NAMES;
        }
        // If the lowest name would be below the axis it moves up, and pushes up those above it as far as necessary.
        double most = BOTTOM;
        for (int i = places.size() - 1; i >= 0; i--) {
            places.set(i, Math.min(places.get(i), most));
            most = places.get(i) - BETWEEN_NAMES;
        }
        for (int i = 0; i < fromTop.size(); i++) {
            svg.text("label " + fromTop.get(i).style(), Frame.RIGHT - NAMES + 8, places.get(i) + 3.5, Anchor.START, fromTop.get(i).name());
        }
    }
}
