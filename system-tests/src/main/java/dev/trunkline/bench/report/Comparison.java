package dev.trunkline.bench.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Figures of two reports beside each other. */
public final class Comparison {
    /** Two runs of the same build differ by so much. */
    private static final double NOISE = 0.05;

    private Comparison() {}

    /**
     * A figure that at least one of two reports has.
     *
     * @param part the title of its part
     * @param before and after: the figure in the older and in the newer one
     */
    public record Row(String part, Optional<Figure> before, Optional<Figure> after) {
        public Figure any() {
            return after.or(() -> before).orElseThrow();
        }

        /** {@code −42 %}; empty where one is missing, is zero, or has another unit. */
        public String change() {
            if (before.isEmpty() || after.isEmpty() || before.get().value() == 0 || !before.get().unit().equals(after.get().unit())) {
                return "";
            }
            double share = after.get().value() / before.get().value() - 1;
            return Math.abs(share) < NOISE ? "same" : (share > 0 ? "+" : "−") + Numbers.text(Math.round(Math.abs(share) * 100)) + " %";
        }
    }

    /** In the order of the newer report; what only the older has comes last. */
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
