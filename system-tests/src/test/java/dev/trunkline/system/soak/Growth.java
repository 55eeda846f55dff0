package dev.trunkline.system.soak;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What one series did during the run. Pure.
 *
 * @param first value after the warm-up
 * @param last value under load
 * @param drift empty if the series is not judged, or has too few samples over too short a time
 */
record Growth(double first, double last, Optional<Drift> drift) {
    /** A series that is measured seldom has this many samples at least before it is judged. */
    private static final int FEWEST_OF_HEAP = 4;

    boolean grows() {
        return drift.filter(Drift::grows).isPresent();
    }

    /** @param warmUpMinutes earlier samples are left out */
    static Map<Series, Growth> of(List<Sample> samples, double warmUpMinutes) {
        List<Sample> warm = samples.stream().filter(sample -> sample.minutes() >= warmUpMinutes).toList();
        TreeSet<Series> all = new TreeSet<>();
        warm.forEach(sample -> all.addAll(sample.values().keySet()));
        Map<Series, Growth> growth = new TreeMap<>();
        for (Series series : all) {
            List<Drift.Point> points = warm.stream()
                    .filter(sample -> sample.values().containsKey(series))
                    .map(sample -> new Drift.Point(sample.minutes() / 60, sample.values().get(series)))
                    .toList();
            growth.put(series, new Growth(points.getFirst().value(), points.getLast().value(), drift(series.what(), points)));
        }
        return growth;
    }

    private static Optional<Drift> drift(Measured what, List<Drift.Point> points) {
        boolean enough = what == Measured.LIVE_HEAP
                ? points.size() >= FEWEST_OF_HEAP && points.getLast().hours() - points.getFirst().hours() >= Drift.SHORTEST_HOURS
                : Drift.canJudge(points);
        return enough ? what.tolerance().map(tolerance -> Drift.of(points, tolerance)) : Optional.empty();
    }
}
