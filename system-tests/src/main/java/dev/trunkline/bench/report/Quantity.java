package dev.trunkline.bench.report;

/**
 * A quantity measured on each step of the ladder.
 *
 * @param id the same in each report
 * @param kind what is to stay the same when there are more calls
 */
public record Quantity(String id, String what, String unit, Kind kind) {
    public enum Kind {
        /** A cost per call, packet or event: flat if it does not change with the number of calls. */
        SHARE,
        /** A total: flat if no call adds to it. */
        TOTAL
    }

    public static Quantity share(String id, String what, String unit) {
        return new Quantity(id, what, unit, Kind.SHARE);
    }

    public static Quantity total(String id, String what, String unit) {
        return new Quantity(id, what, unit, Kind.TOTAL);
    }
}
