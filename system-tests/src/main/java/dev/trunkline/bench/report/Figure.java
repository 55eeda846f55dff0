package dev.trunkline.bench.report;

import java.util.Optional;

/**
 * One figure of a part.
 *
 * @param id the same in each report, so that two can be compared: {@code cpu.edge-relay}
 * @param what a description in words
 * @param unit of the value; empty for a plain count
 */
public record Figure(String id, String what, double value, String unit, Optional<Target> target) {
    public static Figure of(String id, String what, double value, String unit) {
        return new Figure(id, what, value, unit, Optional.empty());
    }

    public Figure with(Target wanted) {
        return new Figure(id, what, value, unit, Optional.of(wanted));
    }

    public String text() {
        return Numbers.text(value, unit);
    }
}
