package dev.trunkline.bench.page;

import dev.trunkline.bench.plot.SecondsPlot;
import dev.trunkline.bench.plot.StartsPlot;
import dev.trunkline.bench.report.FirstMinute;
import dev.trunkline.bench.report.Numbers;
import dev.trunkline.bench.report.Report;
import dev.trunkline.bench.report.Start;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * A report as a page. The questions of decision makers come first: the targets, then the cost of more calls, then the times,
 * then the start, and last what was not measured and on what machine.
 */
public final class Page {
    private static final DateTimeFormatter DAY = DateTimeFormatter.ofPattern("d MMMM uuuu, HH:mm", Locale.ENGLISH);

    private final Report report;
    private final Optional<Report> before;
    private final ZoneId zone;
    private final String style;
    private final Html page = new Html();

    private Page(Report report, Optional<Report> before, ZoneId zone, String style) {
        this.report = report;
        this.before = before;
        this.zone = zone;
        this.style = style;
    }

    /**
     * Returns the whole page.
     *
     * @param before an older report to set beside it
     * @param zone in which times are shown
     * @param style the style sheet
     */
    public static String of(Report report, Optional<Report> before, ZoneId zone, String style) {
        return new Page(report, before, zone, style).write();
    }

    private String write() {
        page.raw("<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">");
        page.raw("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">");
        page.raw("<meta name=\"color-scheme\" content=\"light dark\">");
        page.raw("<title>Trunkline benchmark, " + Html.escaped(day(report)) + "</title>");
        page.raw("<style>\n" + style + "</style>\n</head>\n<body>\n<main>");
        header();
        GoalsSection.write(page, report, before);
        report.ladder().ifPresent(ladder -> GrowthSection.write(page, ladder, before.flatMap(Report::ladder)));
        PartsSection.distributions(page, report, before);
        report.firstMinute().ifPresent(this::firstMinute);
        starts();
        PartsSection.figures(page, report, before);
        notMeasured();
        surroundings();
        return page.raw("</main>\n</body>\n</html>").toString();
    }

    private void header() {
        page.raw("<header><h1>Trunkline benchmark</h1>");
        page.paragraph("sub", day(report) + " · " + report.surroundings().getOrDefault("Trunkline", "unknown version") + " · "
                + report.surroundings().getOrDefault("machine", "unknown machine"));
        before.ifPresent(old -> page.paragraph("sub", "beside: " + day(old) + " · "
                + old.surroundings().getOrDefault("Trunkline", "unknown version") + " · "
                + old.surroundings().getOrDefault("machine", "unknown machine")));
        List<String> disturbed = report.disturbed().map(part -> part.title() + " (load " + Numbers.text(part.load()) + ")").toList();
        if (!disturbed.isEmpty()) {
            page.paragraph("warning", "This machine was not quiet. With " + report.processors()
                    + " processors, the load average was higher than half of them at the begin of: " + String.join("; ", disturbed)
                    + ". The first minutes after a start raise it too.");
        }
        page.raw("<nav>" + String.join(" ", links()) + "</nav></header>");
    }

    private List<String> links() {
        List<String> links = new ArrayList<>(List.of("<a href=\"#targets\">Targets</a>"));
        report.ladder().ifPresent(ignored -> links.add("<a href=\"#growth\">More calls</a>"));
        if (report.parts().stream().flatMap(part -> part.distributions().stream()).anyMatch(each -> !each.isEmpty())) {
            links.add("<a href=\"#times\">Times</a>");
        }
        report.firstMinute().ifPresent(ignored -> links.add("<a href=\"#first\">First seconds</a>"));
        if (!report.starts().isEmpty()) {
            links.add("<a href=\"#starts\">Start</a>");
        }
        if (!report.parts().isEmpty()) {
            links.add("<a href=\"#figures\">Every figure</a>");
        }
        links.add("<a href=\"#not-measured\">Not measured</a>");
        links.add("<a href=\"#machine\">Machine</a>");
        return links;
    }

    private void firstMinute(FirstMinute minute) {
        page.heading("first", "The first seconds");
        page.paragraph("lead", "%d INVITEs a second to an unknown number, from %s s after ready: %s of %s were answered in time. Then the first call: %s."
                .formatted(minute.aSecond(), Numbers.text(minute.afterReady()), Numbers.text(minute.inTime()), Numbers.text(minute.sent()),
                        Numbers.text(minute.firstCallMillis(), "ms")));
        page.raw("<div class=\"plots\">");
        page.figure("Answers", SecondsPlot.answers(minute), "By the second in which the INVITE was sent: in time, late (503), refused otherwise, none.");
        page.figure("Slowest answer", SecondsPlot.slowest(minute), "Of the INVITEs of each second.");
        page.raw("</div>");
        before.flatMap(Report::firstMinute).ifPresent(old -> {
            page.raw("<div class=\"plots\">");
            page.figure("Answers, before", SecondsPlot.answers(old), "%s of %s in time.".formatted(Numbers.text(old.inTime()), Numbers.text(old.sent())));
            page.figure("Slowest answer, before", SecondsPlot.slowest(old), "");
            page.raw("</div>");
        });
    }

    private void starts() {
        if (report.starts().isEmpty()) {
            return;
        }
        page.heading("starts", "Start");
        Optional<Start> whole = report.starts().stream().max(Comparator.comparingDouble(Start::ready));
        page.paragraph("lead", "Ready after " + Numbers.text(whole.orElseThrow().ready(), "s") + ", when this suite was started.");
        page.raw("<div class=\"plots\">");
        page.figure("When each part was ready", StartsPlot.of(report.starts()), "From when it was begun until it could do its work.");
        before.filter(old -> !old.starts().isEmpty()).ifPresent(old ->
                page.figure("Before", StartsPlot.of(old.starts()), ""));
        page.raw("</div>");
    }

    private void notMeasured() {
        page.heading("not-measured", "What was not measured");
        page.raw("<ul>");
        report.notMeasured().forEach(line -> page.raw("<li>" + Html.escaped(line) + "</li>"));
        page.raw("</ul>");
    }

    private void surroundings() {
        page.heading("machine", "Machine and versions");
        page.raw("<div class=\"scroll\"><table>");
        if (before.isPresent()) {
            page.head(List.of("", "this report", "before"));
        }
        page.raw("<tbody>");
        report.surroundings().forEach((what, value) -> {
            List<String> cells = new ArrayList<>(List.of(Html.escaped(what), Html.escaped(value)));
            before.ifPresent(old -> cells.add(Html.escaped(old.surroundings().getOrDefault(what, "–"))));
            page.row("", cells);
        });
        page.raw("</tbody></table></div>");
    }

    private String day(Report of) {
        return DAY.format(of.made().atZone(zone)) + " " + zone;
    }
}
