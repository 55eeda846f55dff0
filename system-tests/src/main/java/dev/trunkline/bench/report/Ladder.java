package dev.trunkline.bench.report;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The same quantities, measured with more and more calls.
 *
 * @param seconds how long the calls of each step were held
 * @param quantities what was measured, in the order in which it is shown
 * @param stopped why no further step was tried, if there would have been one
 */
public record Ladder(int seconds, List<Quantity> quantities, List<Step> steps, Optional<String> stopped) {
    public Ladder {
        quantities = List.copyOf(quantities);
        steps = List.copyOf(steps);
    }

    /**
     * @param calls that were up
     * @param values by the id of the quantity; values that could not be measured are missing
     */
    public record Step(int calls, Map<String, Double> values) {
        public Step {
            values = Map.copyOf(values);
        }

        public Optional<Double> value(String id) {
            return Optional.ofNullable(values.get(id));
        }
    }

    /** Returns how a quantity changes as the number of calls grows. */
    public Trend trend(Quantity quantity) {
        List<Step> measured = steps.stream().filter(step -> step.values().containsKey(quantity.id())).toList();
        return Trend.of(
                quantity.kind(),
                measured.stream().map(step -> (double) step.calls()).toList(),
                measured.stream().map(step -> step.values().get(quantity.id())).toList());
    }
}
