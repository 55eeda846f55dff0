package dev.trunkline.system.soak;

/**
 * How much a quantity may grow in an hour and still count as flat.
 *
 * @param share of its mean, for example 0.1 for a tenth
 * @param floor in its own unit, in addition: a pool's thread more or less
 */
record Tolerance(double share, double floor) {
    double perHour(double mean) {
        return floor + share * Math.abs(mean);
    }
}
