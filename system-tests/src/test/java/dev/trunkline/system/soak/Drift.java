package dev.trunkline.system.soak;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * Whether a quantity that was sampled again and again grows. Pure.
 *
 * <p>It grows if three figures agree, each of which alone can be fooled: the slope of the line of least squares is above the tolerance
 * (a single late peak lifts it), the slope is above {@value #NOISE_FACTOR} of its own standard errors (noise is not), and the median of
 * the last third is above that of the first third by as much as the tolerance allows for the time between them (a peak does not move a
 * median, a leak does). A quantity that falls is flat.
 *
 * @param mean of all samples
 * @param perHour slope by least squares, in the quantity's unit an hour
 * @param errorPerHour standard error of the slope
 * @param thirdsPerHour from the median of the first third to that of the last, in the quantity's unit an hour
 * @param allowedPerHour by the tolerance
 */
record Drift(double mean, double perHour, double errorPerHour, double thirdsPerHour, double allowedPerHour) {
    /** Fewer samples show no trend. */
    static final int FEWEST = 10;
    /** In less time than this, a quarter of an hour, pools and caches that still fill cannot be told from a leak. */
    static final double SHORTEST_HOURS = 0.25;

    private static final int NOISE_FACTOR = 4;

    /** One sample. @param hours since the beginning of the run */
    record Point(double hours, double value) {}

    /** Returns whether so many samples over that time can show a trend. */
    static boolean canJudge(List<Point> points) {
        return points.size() >= FEWEST && points.getLast().hours() - points.getFirst().hours() >= SHORTEST_HOURS;
    }

    /** @param points by time, three or more, without those of the warm-up */
    static Drift of(List<Point> points, Tolerance tolerance) {
        if (points.size() < 3) {
            throw new IllegalArgumentException("three samples or more show a trend, not " + points.size());
        }
        double meanHours = points.stream().mapToDouble(Point::hours).average().orElseThrow();
        double mean = points.stream().mapToDouble(Point::value).average().orElseThrow();
        double spread = 0;
        double together = 0;
        for (Point point : points) {
            spread += Math.pow(point.hours() - meanHours, 2);
            together += (point.hours() - meanHours) * (point.value() - mean);
        }
        double slope = spread == 0 ? 0 : together / spread;
        double residual = 0;
        for (Point point : points) {
            residual += Math.pow(point.value() - mean - slope * (point.hours() - meanHours), 2);
        }
        double error = spread == 0 ? 0 : Math.sqrt(residual / (points.size() - 2) / spread);
        return new Drift(mean, slope, error, betweenThirds(points), tolerance.perHour(mean));
    }

    private static double betweenThirds(List<Point> points) {
        int third = points.size() / 3;
        List<Point> first = points.subList(0, third);
        List<Point> last = points.subList(points.size() - third, points.size());
        double hours = median(last.stream().map(Point::hours).toList()) - median(first.stream().map(Point::hours).toList());
        double change = median(last.stream().map(Point::value).toList()) - median(first.stream().map(Point::value).toList());
        return hours == 0 ? 0 : change / hours;
    }

    private static double median(List<Double> values) {
        List<Double> sorted = new ArrayList<>(values);
        Collections.sort(sorted);
        int middle = sorted.size() / 2;
        return sorted.size() % 2 == 1 ? sorted.get(middle) : (sorted.get(middle - 1) + sorted.get(middle)) / 2;
    }

    boolean grows() {
        return perHour > allowedPerHour && perHour > NOISE_FACTOR * errorPerHour && thirdsPerHour > allowedPerHour;
    }
}
