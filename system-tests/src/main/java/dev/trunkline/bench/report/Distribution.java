package dev.trunkline.bench.report;

import com.fasterxml.jackson.annotation.JsonIgnore;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/**
 * All measured values of one time.
 *
 * @param id the same in each report
 * @param millis in ascending order, hundredths of a millisecond
 * @param target of the median
 */
public record Distribution(String id, String what, List<Double> millis, Optional<Target> target) {
    public Distribution {
        millis = List.copyOf(millis);
    }

    public static Distribution of(String id, String what, Collection<Double> millis) {
        return new Distribution(
                id, what, millis.stream().map(value -> Math.round(value * 100) / 100.0).sorted().toList(), Optional.empty());
    }

    public Distribution with(Target median) {
        return new Distribution(id, what, millis, Optional.of(median));
    }

    @JsonIgnore
    public boolean isEmpty() {
        return millis.isEmpty();
    }

    public Quantiles quantiles() {
        return Quantiles.of(millis);
    }
}
