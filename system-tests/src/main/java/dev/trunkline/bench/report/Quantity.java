package dev.trunkline.bench.report;

/**
 * What is looked at on each step of the ladder.
 *
 * @param id the same in each report
 * @param kind what of it is to stay as it is when there are more calls
 */
public record Quantity(String id, String what, String unit, Kind kind) {
    public enum Kind {
        /** A share of one call, packet or event: flat if growth costs no more than the calls do. */
        SHARE,
        /** Of the whole: flat if no call adds to it. */
        TOTAL
    }

    public static Quantity share(String id, String what, String unit) {
        return new Quantity(id, what, unit, Kind.SHARE);
    }

    public static Quantity total(String id, String what, String unit) {
        return new Quantity(id, what, unit, Kind.TOTAL);
    }
}
