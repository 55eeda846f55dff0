package dev.trunkline.bench.page;

import dev.trunkline.bench.plot.LinePlot;
import dev.trunkline.bench.plot.LinePlot.Line;
import dev.trunkline.bench.plot.LinePlot.Point;
import dev.trunkline.bench.report.Ladder;
import dev.trunkline.bench.report.Numbers;
import dev.trunkline.bench.report.Quantity;
import dev.trunkline.bench.report.Trend;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The section about the cost of more calls: what stays flat, and what grows. */
final class GrowthSection {
    private GrowthSection() {}

    static void write(Html page, Ladder ladder, Optional<Ladder> before) {
        page.heading("growth", "More calls");
        String held = String.join(", ", ladder.steps().stream().map(step -> Integer.toString(step.calls())).toList());
        page.paragraph("lead", "%s calls were held for %d s each.".formatted(held.isEmpty() ? "No" : held, ladder.seconds()));
        ladder.stopped().ifPresent(why -> page.paragraph("warning", "The ladder stopped: " + why + "."));
        if (ladder.steps().isEmpty()) {
            return;
        }
        summary(page, ladder);
        page.raw("<div class=\"plots\">");
        plot(page, ladder, "CPU a call", "cpu.", "% of a core", "A flat line: a call costs the same however many there are.");
        plot(page, ladder, "Memory", "rss.", "MiB", "Resident memory of each process with these calls up, garbage in it.");
        plot(page, ladder, "Reads an event", "reads.", "", "How often each event is read by each service.");
        plot(page, ladder, "Threads", "threads.", "", "Of each process, with these calls up.");
        page.raw("</div>");
        table(page, ladder, before);
    }

    /** Lists what grows, which is what readers want to know; the table has the rest. */
    private static void summary(Html page, Ladder ladder) {
        List<Quantity> known = ladder.quantities().stream().filter(each -> !(ladder.trend(each) instanceof Trend.Unknown)).toList();
        List<Quantity> growing = known.stream().filter(each -> ladder.trend(each).grows()).toList();
        if (known.isEmpty()) {
            return;
        }
        page.paragraph("", "Of %d quantities %d do not grow with the number of calls%s".formatted(
                known.size(), known.size() - growing.size(), growing.isEmpty() ? "." : ". These do:"));
        if (!growing.isEmpty()) {
            page.raw("<ul class=\"growing\">");
            growing.forEach(each -> page.raw("<li>" + Html.escaped(each.what()) + " <span class=\"grows\">"
                    + Html.escaped(ladder.trend(each).words() + (each.unit().isEmpty() || each.kind() == Quantity.Kind.SHARE ? "" : ", " + each.unit()))
                    + "</span></li>"));
            page.raw("</ul>");
        }
    }

    private static void plot(
            Html page, Ladder ladder, String title, String group, String unit, String words) {
        List<Line> lines = new ArrayList<>();
        for (Quantity quantity : ladder.quantities()) {
            String name = quantity.id().substring(Math.min(group.length(), quantity.id().length()));
            if (quantity.id().startsWith(group) && Colours.has(name)) {
                lines.add(new Line(name, Colours.of(name), points(ladder, quantity.id())));
            }
        }
        if (lines.stream().anyMatch(line -> !line.points().isEmpty())) {
            page.figure(title, LinePlot.of(title, "calls", unit, lines, Optional.empty()), words);
        }
    }

    private static List<Point> points(Ladder ladder, String id) {
        return ladder.steps().stream().flatMap(step -> step.value(id).map(value -> new Point(step.calls(), value)).stream()).toList();
    }

    private static void table(Html page, Ladder ladder, Optional<Ladder> before) {
        List<String> head = new ArrayList<>(List.of("", "unit"));
        ladder.steps().forEach(step -> head.add(step.calls() + " calls"));
        head.add("with more calls");
        before.ifPresent(ignored -> head.add("before"));
        page.raw("<details><summary>Every quantity at each step</summary><div class=\"scroll\"><table class=\"numbers\">").head(head).raw("<tbody>");
        for (Quantity quantity : ladder.quantities()) {
            Trend trend = ladder.trend(quantity);
            List<String> cells = new ArrayList<>(List.of(Html.escaped(quantity.what()), Html.escaped(quantity.unit())));
            ladder.steps().forEach(step -> cells.add(step.value(quantity.id()).map(Numbers::text).orElse("–")));
            cells.add("<span class=\"" + (trend.grows() ? "grows" : "flat") + "\">" + Html.escaped(trend.words()) + "</span>");
            before.ifPresent(old -> cells.add(Html.escaped(then(old, quantity))));
            page.row("", cells);
        }
        page.raw("</tbody></table></div></details>");
    }

    /** Returns the last step and the trend of the older ladder. */
    private static String then(Ladder old, Quantity quantity) {
        return old.steps().isEmpty() || old.steps().getLast().value(quantity.id()).isEmpty()
                ? ""
                : Numbers.text(old.steps().getLast().value(quantity.id()).get()) + " at " + old.steps().getLast().calls() + ", "
                        + old.trend(quantity).words();
    }
}
