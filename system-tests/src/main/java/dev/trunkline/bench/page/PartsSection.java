package dev.trunkline.bench.page;

import dev.trunkline.bench.plot.HistogramPlot;
import dev.trunkline.bench.report.Comparison;
import dev.trunkline.bench.report.Comparison.Row;
import dev.trunkline.bench.report.Distribution;
import dev.trunkline.bench.report.Figure;
import dev.trunkline.bench.report.Numbers;
import dev.trunkline.bench.report.Part;
import dev.trunkline.bench.report.Quantiles;
import dev.trunkline.bench.report.Report;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The section with times as distributions, and each figure of each part. */
final class PartsSection {
    private PartsSection() {}

    static void distributions(Html page, Report report, Optional<Report> before) {
        List<Distribution> measured = report.parts().stream().flatMap(part -> part.distributions().stream()).filter(each -> !each.isEmpty()).toList();
        if (measured.isEmpty()) {
            return;
        }
        page.heading("times", "Times");
        page.paragraph("lead", "How often each time was measured" + (before.isPresent() ? "; the outline is the older report." : "."));
        page.raw("<div class=\"plots\">");
        for (Distribution distribution : measured) {
            Optional<Distribution> old = before.flatMap(older -> older.distribution(distribution.id())).filter(each -> !each.isEmpty());
            page.figure(distribution.what(), HistogramPlot.of(distribution, old),
                    words(distribution) + old.map(each -> "; before " + words(each)).orElse(""));
        }
        page.raw("</div>");
    }

    private static String words(Distribution distribution) {
        Quantiles times = distribution.quantiles();
        return "p50 %s, p90 %s, p99 %s, max %s ms of %s".formatted(
                Numbers.text(times.at(0.5)), Numbers.text(times.at(0.9)), Numbers.text(times.at(0.99)), Numbers.text(times.at(1)),
                Numbers.text(times.count()));
    }

    static void figures(Html page, Report report, Optional<Report> before) {
        if (report.parts().isEmpty()) {
            return;
        }
        page.heading("figures", "Every figure");
        for (Part part : report.parts()) {
            page.raw("<details><summary>" + Html.escaped(part.title()) + " <span class=\"quiet\">load "
                    + Numbers.text(part.load()) + " at its begin</span></summary>");
            page.raw("<div class=\"scroll\"><table class=\"numbers\">");
            page.head(before.isPresent() ? List.of("", "value", "target", "before", "change") : List.of("", "value", "target")).raw("<tbody>");
            for (Figure figure : part.figures()) {
                Row row = new Row(part.title(), before.flatMap(old -> old.figure(figure.id())), Optional.of(figure));
                List<String> cells = cells(row);
                page.row("", before.isPresent() ? cells : cells.subList(0, 3));
            }
            page.raw("</tbody></table></div></details>");
        }
        before.ifPresent(old -> onlyBefore(page, Comparison.of(old, report)));
    }

    private static List<String> cells(Row row) {
        Figure figure = row.any();
        List<String> cells = new ArrayList<>();
        cells.add(Html.escaped(figure.what()));
        cells.add(row.after().map(Figure::text).map(Html::escaped).orElse("–"));
        cells.add(figure.target().map(target -> Html.escaped(target.words())).orElse(""));
        cells.add(row.before().map(Figure::text).map(Html::escaped).orElse("–"));
        cells.add(Html.escaped(row.change()));
        return cells;
    }

    private static void onlyBefore(Html page, List<Row> rows) {
        List<Row> missing = rows.stream().filter(row -> row.after().isEmpty()).toList();
        if (missing.isEmpty()) {
            return;
        }
        page.raw("<details><summary>Only in the older report</summary><div class=\"scroll\"><table class=\"numbers\">");
        page.head(List.of("", "value", "target", "before", "change")).raw("<tbody>");
        missing.forEach(row -> page.row("", cells(row)));
        page.raw("</tbody></table></div></details>");
    }
}
