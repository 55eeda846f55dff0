package dev.trunkline.system.soak;

import java.util.Comparator;

/**
 * One quantity of one process, or of the suite.
 *
 * @param of name of the process, or {@link #SUITE}
 */
record Series(String of, Measured what) implements Comparable<Series> {
    static final String SUITE = "suite";

    static Series suite(Measured what) {
        return new Series(SUITE, what);
    }

    @Override
    public int compareTo(Series other) {
        return Comparator.comparing(Series::of).thenComparing(Series::what).compare(this, other);
    }

    @Override
    public String toString() {
        return (of.equals(SUITE) ? "" : of + ": ") + what.words();
    }
}
