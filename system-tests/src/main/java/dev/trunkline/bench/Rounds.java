package dev.trunkline.bench;

import java.util.ArrayList;
import java.util.List;

/** A figure that rises while code is being compiled: it is measured again until it no longer rises. */
final class Rounds {
    /** The most rounds after the first. */
    static final int MOST_FURTHER = 5;
    /** The difference to expect between two equal rounds on the same machine. */
    private static final double NOISE = 0.02;

    private final List<Double> figures = new ArrayList<>();

    void add(double figure) {
        figures.add(figure);
    }

    /** Returns whether the last round was better than all before it by more than noise, and more rounds are allowed. */
    boolean goOn() {
        return figures.size() <= MOST_FURTHER
                && (figures.size() < 2 || figures.getLast() > best(figures.subList(0, figures.size() - 1)) * (1 + NOISE));
    }

    /** Returns the best round except the first. @throws IllegalStateException if there was only one */
    double warm() {
        if (figures.size() < 2) {
            throw new IllegalStateException("there was no round after the first");
        }
        return best(figures.subList(1, figures.size()));
    }

    private static double best(List<Double> some) {
        return some.stream().mapToDouble(Double::doubleValue).max().orElseThrow();
    }
}
