package dev.trunkline.bench;

import dev.trunkline.bench.report.Comparison;
import dev.trunkline.bench.report.Comparison.Row;
import dev.trunkline.bench.report.Figure;
import dev.trunkline.bench.report.Report;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Shows two reports beside each other, as text. */
final class Beside {
    private Beside() {}

    static List<String> lines(Report before, Report after) {
        List<String> lines = new ArrayList<>(List.of(
                "", "before: " + name(before), "after:  " + name(after), "",
                "  %-62s %18s %18s %10s".formatted("", "before", "after", "change")));
        for (Row row : Comparison.of(before, after)) {
            lines.add("  %-62s %18s %18s %10s".formatted(row.any().what(), text(row.before()), text(row.after()), row.change()).stripTrailing());
        }
        return lines;
    }

    private static String text(Optional<Figure> figure) {
        return figure.map(Figure::text).orElse("–");
    }

    private static String name(Report report) {
        return report.made() + ", " + report.surroundings().getOrDefault("Trunkline", "unknown version") + ", "
                + report.surroundings().getOrDefault("machine", "unknown machine");
    }
}
