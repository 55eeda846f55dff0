package dev.trunkline.bench.page;

import dev.trunkline.bench.report.Figure;
import dev.trunkline.bench.report.Goals;
import dev.trunkline.bench.report.Goals.Goal;
import dev.trunkline.bench.report.Numbers;
import dev.trunkline.bench.report.Report;
import dev.trunkline.bench.report.Target;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The section that readers look for first: each target of the design beside the measured figure, and beside livekit-sip. */
final class GoalsSection {
    /** Position of the target in each bar, in percent of its width from the left; beyond is worse. */
    private static final double TARGET_AT = 50;

    private GoalsSection() {}

    static void write(Html page, Report report, Optional<Report> before) {
        List<Goal> measured = Goals.ALL.stream().filter(goal -> goal.in(report).isPresent()).toList();
        long met = measured.stream().filter(goal -> goal.target().isMetBy(goal.in(report).orElseThrow().value())).count();
        page.heading("targets", "Targets");
        page.paragraph("lead", measured.isEmpty()
                ? "None of the design's targets was measured in this sitting."
                : "Met: %d of %d that were measured%s.".formatted(
                        met, measured.size(), measured.size() < Goals.ALL.size()
                                ? "; " + (Goals.ALL.size() - measured.size()) + " were not measured" : ""));
        page.raw("<div class=\"goals\">");
        Goals.ALL.forEach(goal -> row(page, goal, goal.in(report), before.flatMap(goal::in)));
        page.raw("</div>");
        page.paragraph("small", "The mark in the middle of each bar is the target: a bar that ends before it is better than asked. "
                + "Figures of livekit-sip were measured once, on two cores beside the suite, with the same phones and the same LiveKit "
                + "server; they are quoted, not measured in this sitting.");
    }

    private static void row(Html page, Goal goal, Optional<Figure> figure, Optional<Figure> old) {
        String state = figure.isEmpty() ? "unknown" : goal.target().isMetBy(figure.get().value()) ? "met" : "missed";
        page.raw("<div class=\"goal " + state + "\" data-figure=\"" + goal.figure() + "\">");
        page.raw("<div class=\"what\">" + Html.escaped(goal.what()) + "</div>");
        page.raw("<div class=\"value\">" + figure.map(GoalsSection::value).orElse("<span class=\"quiet\">not measured</span>")
                + old.map(then -> "<span class=\"then\">before " + Html.escaped(Numbers.text(then.value())) + "</span>").orElse("") + "</div>");
        page.raw("<div class=\"bar\">" + figure.map(now -> bar(goal.target(), now.value())).orElse("") + "</div>");
        page.raw("<div class=\"target\"><span class=\"verdict\">" + words(state) + "</span> target "
                + Html.escaped(goal.target().words() + (goal.unit().isEmpty() ? "" : " " + goal.unit())) + "</div>");
        page.raw("<div class=\"other\">" + (goal.liveKitSip().isEmpty() ? "" : "livekit-sip " + Html.escaped(goal.liveKitSip()))
                + "</div></div>");
    }

    private static String value(Figure figure) {
        return "<b>" + Html.escaped(Numbers.text(figure.value())) + "</b> <span class=\"unit\">" + Html.escaped(figure.unit()) + "</span>";
    }

    private static String words(String state) {
        return switch (state) {
            case "met" -> "✓ met,";
            case "missed" -> "✗ missed,";
            default -> "";
        };
    }

    /** Draws a bar. Half of the width is the target, however large it is; a figure twice as bad or worse fills the width. */
    private static String bar(Target target, double value) {
        return "<i style=\"width:%s%%\"></i><em></em>".formatted(String.format(Locale.ROOT, "%.1f", width(target, value)));
    }

    /** Returns the length of the bar in percent of the whole width. */
    static double width(Target target, double value) {
        double share = target.atMost() ? value / target.limit() : value <= 0 ? 2 : target.limit() / value;
        return Math.clamp(share * TARGET_AT, 1, 100);
    }
}
