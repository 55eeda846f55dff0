package dev.trunkline.bench.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Compares the figures of two reports. */
public final class Comparison {
    /** The difference to expect between two runs of the same build. */
    private static final double NOISE = 0.05;

    private Comparison() {}

    /**
     * A figure that is in at least one of two reports.
     *
     * @param part the title of its part
     * @param before the figure in the older report
     * @param after the figure in the newer report
     */
    public record Row(String part, Optional<Figure> before, Optional<Figure> after) {
        public Figure any() {
            return after.or(() -> before).orElseThrow();
        }

        /** Returns for example {@code −42 %}; empty if one figure is missing, is zero, or has another unit. */
        public String change() {
            if (before.isEmpty() || after.isEmpty() || before.get().value() == 0 || !before.get().unit().equals(after.get().unit())) {
                return "";
            }
            double share = after.get().value() / before.get().value() - 1;
            return Math.abs(share) < NOISE ? "same" : (share > 0 ? "+" : "−") + Numbers.text(Math.round(Math.abs(share) * 100)) + " %";
        }
    }

    /** Returns the rows in the order of the newer report; figures that only the older has come last. */
    public static List<Row> of(Report before, Report after) {
        List<Row> rows = new ArrayList<>();
        after.parts().forEach(part -> part.figures().forEach(
                figure -> rows.add(new Row(part.title(), before.figure(figure.id()), Optional.of(figure)))));
        before.parts().forEach(part -> part.figures().stream()
                .filter(figure -> after.figure(figure.id()).isEmpty())
                .forEach(figure -> rows.add(new Row(part.title(), Optional.of(figure), Optional.empty()))));
        return List.copyOf(rows);
    }
}
