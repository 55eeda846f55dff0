package dev.trunkline.bench;

import dev.trunkline.bench.report.Distribution;
import dev.trunkline.bench.report.Figure;
import dev.trunkline.bench.report.Goals;
import dev.trunkline.bench.report.Numbers;
import dev.trunkline.bench.report.Part;
import dev.trunkline.bench.report.Quantiles;
import dev.trunkline.bench.report.Target;
import java.io.IOException;
import java.io.PrintStream;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Keeps the results for the report, and prints each as it is found: one line per figure, with its target beside it. */
final class Notebook {
    private final PrintStream out;
    private final InstantSource clock;
    private final List<Part> parts = new ArrayList<>();
    private Optional<Part> begun = Optional.empty();
    private final List<Figure> figures = new ArrayList<>();
    private final List<Distribution> distributions = new ArrayList<>();

    Notebook(PrintStream out, InstantSource clock) {
        this.out = out;
        this.clock = clock;
    }

    /** Prints a line about progress. */
    void say(String line) {
        out.println(line);
        out.flush();
    }

    /**
     * Begins a new part, to which everything that follows belongs.
     *
     * @param id the same in each report
     */
    void begin(String id, String title) throws IOException {
        end();
        begun = Optional.of(new Part(id, title, clock.instant(), Machine.load(), List.of(), List.of()));
        say("\n" + title);
    }

    void figure(String id, String what, double value, String unit) {
        figure(id, what, value, unit, "");
    }

    /** Keeps and prints a figure. @param more words to print after it */
    void figure(String id, String what, double value, String unit, String more) {
        keep(id, what, value, unit);
        row(what, Numbers.text(value, unit) + more, Goals.of(id).map(target -> "target " + target.words()).orElse(""));
    }

    /** Keeps a figure that is not printed, or is printed in another form. */
    void keep(String id, String what, double value, String unit) {
        if (Double.isFinite(value)) {
            figures.add(new Figure(id, what, value, unit, Goals.of(id)));
        }
    }

    /** Keeps and prints times; their median, 99th percentile and maximum become figures of their own. */
    void times(Distribution times) {
        Optional<Target> target = Goals.of(times.id() + ".p50");
        distributions.add(target.map(times::with).orElse(times));
        if (!times.isEmpty()) {
            Quantiles quantiles = times.quantiles();
            keep(times.id() + ".p50", times.what() + ", p50", quantiles.at(0.5), "ms");
            keep(times.id() + ".p99", times.what() + ", p99", quantiles.at(0.99), "ms");
            keep(times.id() + ".max", times.what() + ", max", quantiles.at(1), "ms");
        }
        row(times.what(), times.quantiles().millis(), targets(times.id()));
    }

    private static String targets(String id) {
        String p50 = Goals.of(id + ".p50").map(target -> "p50 " + target.words()).orElse("");
        String p99 = Goals.of(id + ".p99").map(target -> "p99 " + target.words()).orElse("");
        return p50.isEmpty() && p99.isEmpty() ? "" : "target " + String.join(", ", List.of(p50, p99).stream().filter(each -> !each.isEmpty()).toList());
    }

    /** Prints a line that is not a figure. */
    void row(String what, String words, String target) {
        say("  %-42s %-46s %s".formatted(what, words, target).stripTrailing());
    }

    /** Returns everything found so far. */
    List<Part> parts() {
        end();
        return List.copyOf(parts);
    }

    private void end() {
        begun.ifPresent(part -> parts.add(new Part(
                part.id(), part.title(), part.begun(), part.load(), List.copyOf(figures), List.copyOf(distributions))));
        begun = Optional.empty();
        figures.clear();
        distributions.clear();
    }
}
