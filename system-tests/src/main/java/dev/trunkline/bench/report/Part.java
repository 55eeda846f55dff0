package dev.trunkline.bench.report;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * One part of a run: what was done, and the results.
 *
 * @param id the same in each report
 * @param title what was done, in words
 * @param begun when it began
 * @param load the machine's load average over a minute when it began
 */
public record Part(
        String id, String title, Instant begun, double load, List<Figure> figures, List<Distribution> distributions) {
    public Part {
        figures = List.copyOf(figures);
        distributions = List.copyOf(distributions);
    }

    public Optional<Figure> figure(String wanted) {
        return figures.stream().filter(figure -> figure.id().equals(wanted)).findFirst();
    }

    public Optional<Distribution> distribution(String wanted) {
        return distributions.stream().filter(distribution -> distribution.id().equals(wanted)).findFirst();
    }
}
