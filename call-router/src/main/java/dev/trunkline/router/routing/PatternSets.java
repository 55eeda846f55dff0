package dev.trunkline.router.routing;

import dev.trunkline.router.directory.NumberPattern;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Sets of numbers as rules and trunks write them: a list of patterns; the empty list means any number. */
final class PatternSets {

    /**
     * A set, prepared for intersection with others.
     *
     * @param exact the individual numbers in it, apart from those covered by beginnings
     * @param any whether every number is in it
     */
    record Numbers(Set<String> exact, List<NumberPattern> beginnings, boolean any) {

        static Numbers of(List<NumberPattern> patterns) {
            Set<String> exact = new HashSet<>();
            List<NumberPattern> beginnings = new ArrayList<>();
            for (NumberPattern pattern : patterns) {
                if (pattern.open()) {
                    beginnings.add(pattern);
                } else {
                    exact.add(pattern.text());
                }
            }
            return new Numbers(exact, beginnings, patterns.isEmpty());
        }

        boolean contains(String number) {
            return any || exact.contains(number) || begins(number);
        }

        private boolean begins(String number) {
            for (NumberPattern beginning : beginnings) {
                if (number.startsWith(beginning.text())) {
                    return true;
                }
            }
            return false;
        }
    }

    private PatternSets() {}

    /**
     * Intersects two sets.
     *
     * @return patterns, none for an empty intersection; if one set holds every number, the other one
     */
    static List<NumberPattern> meet(Numbers one, Numbers other) {
        if (one.any() || other.any()) {
            return all(one.any() ? other : one);
        }
        List<NumberPattern> both = new ArrayList<>();
        boolean oneIsSmaller = one.exact().size() <= other.exact().size();
        Numbers small = oneIsSmaller ? one : other;
        Numbers big = oneIsSmaller ? other : one;
        small.exact().stream().filter(big::contains).forEach(number -> both.add(new NumberPattern(number, false)));
        if (!small.beginnings().isEmpty()) {
            big.exact().stream()
                    .filter(number -> !small.exact().contains(number) && small.begins(number))
                    .forEach(number -> both.add(new NumberPattern(number, false)));
        }
        for (NumberPattern mine : one.beginnings()) {
            for (NumberPattern theirs : other.beginnings()) {
                if (mine.text().startsWith(theirs.text())) {
                    both.add(mine);
                } else if (theirs.text().startsWith(mine.text())) {
                    both.add(theirs);
                }
            }
        }
        return both;
    }

    private static List<NumberPattern> all(Numbers numbers) {
        List<NumberPattern> all = new ArrayList<>();
        numbers.exact().forEach(number -> all.add(new NumberPattern(number, false)));
        all.addAll(numbers.beginnings());
        return all;
    }
}
