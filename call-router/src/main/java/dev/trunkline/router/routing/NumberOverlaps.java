package dev.trunkline.router.routing;

import dev.trunkline.router.directory.Directory;
import dev.trunkline.router.directory.NumberKey;
import dev.trunkline.router.directory.PhoneNumber;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Predicate;

/**
 * Finds patterns that cover numbers of another organisation. They are reported when one of the two is written, with the
 * organisation that gets the calls. Two beginnings overlap if one begins the other, and an expression overlaps the
 * numbers that match it. Whether two expressions, or an expression and a beginning, have numbers in common is not
 * checked. {@code *@trunk} is meant to take what nobody else has, and overlaps only short numbers that are not bound to
 * a trunk, such as an extension of another organisation.
 */
public final class NumberOverlaps {

    /**
     * A pattern, and the numbers of another organisation within it.
     *
     * @param others numbers and patterns of one other organisation, which keeps them because their keys are closer
     * @param written one of all of them that is being written now
     */
    public record Overlap(
            PhoneNumber pattern, String owner, List<PhoneNumber> others, String other, PhoneNumber written) {
        private static final int MOST_NAMED = 3;

        public Overlap {
            others = List.copyOf(others);
        }

        /** Returns one sentence for the author of either. */
        public String sentence() {
            List<String> named = others.stream().limit(MOST_NAMED).map(PhoneNumber::phoneNumber).toList();
            String listed = String.join(", ", named)
                    + (others.size() > MOST_NAMED ? " and %d more".formatted(others.size() - MOST_NAMED) : "");
            return "%s of organisation %s matches %s of organisation %s: calls to %s go to %s, as the closer key goes first%s.".formatted(
                    pattern.phoneNumber(), owner, listed, other, others.size() == 1 ? "it" : "them", other,
                    pattern.phoneNumber().startsWith("*@")
                            ? "; an extension of one PBX is written with its trunk, for example \"%s@TRUNK\"".formatted(named.getFirst())
                            : "");
        }
    }

    private record Pair(PhoneNumber pattern, String organisation) {}

    private final Directory directory;
    private final Predicate<PhoneNumber> written;
    private final TreeMap<String, List<PhoneNumber>> exact = new TreeMap<>();
    private final Map<String, List<PhoneNumber>> beginnings = new HashMap<>();
    private final Map<Pair, List<PhoneNumber>> found = new LinkedHashMap<>();

    private NumberOverlaps(Directory directory, Predicate<PhoneNumber> written) {
        this.directory = directory;
        this.written = written;
    }

    /**
     * @param directory with the numbers as they will be
     * @param written the numbers that are being written now: each pair contains one of them
     * @param most how many are reported
     */
    public static List<Overlap> find(Directory directory, Predicate<PhoneNumber> written, int most) {
        var search = new NumberOverlaps(directory, written);
        Map<PhoneNumber, NumberKey> patterns = search.sort();
        patterns.forEach(search::meet);
        return search.found.entrySet().stream().limit(most).map(search::told).toList();
    }

    /** Sorts the numbers into the indexes. @return the patterns, in the order of their names */
    private Map<PhoneNumber, NumberKey> sort() {
        Map<PhoneNumber, NumberKey> patterns = new LinkedHashMap<>();
        directory.numbers().entrySet().stream().sorted(Map.Entry.comparingByKey()).map(Map.Entry::getValue).forEach(number -> {
            NumberKey key = NumberKey.of(number.phoneNumber());
            switch (key) {
                case NumberKey.Exact(String text) -> exact.computeIfAbsent(text, any -> new ArrayList<>()).add(number);
                case NumberKey.OnTrunk(String text, String trunk) ->
                        exact.computeIfAbsent(text, any -> new ArrayList<>()).add(number);
                case NumberKey.Beginning(String stem, var trunk) -> {
                    beginnings.computeIfAbsent(stem, any -> new ArrayList<>()).add(number);
                    patterns.put(number, key);
                }
                case NumberKey.Expression expression -> patterns.put(number, key);
                case NumberKey.AllOfTrunk all -> patterns.put(number, key);
            }
        });
        return patterns;
    }

    private void meet(PhoneNumber pattern, NumberKey key) {
        switch (key) {
            case NumberKey.Beginning(String stem, Optional<String> trunk) -> {
                exact.tailMap(stem).entrySet().stream()
                        .takeWhile(entry -> entry.getKey().startsWith(stem))
                        .flatMap(entry -> entry.getValue().stream())
                        .filter(other -> sameTrunk(trunk, other))
                        .forEach(other -> add(pattern, other));
                for (int length = 1; length <= stem.length(); length++) {
                    boolean same = length == stem.length();
                    beginnings.getOrDefault(stem.substring(0, length), List.of()).stream()
                            .filter(wider -> sameTrunk(trunk, wider))
                            // If two have the same length, the one that is bound to the trunk is closer.
                            .filter(wider -> !same || trunk.isPresent() && NumberKey.trunkOf(wider.phoneNumber()).isEmpty())
                            .forEach(wider -> add(wider, pattern));
                }
            }
            case NumberKey.Expression(var expression, Optional<String> trunk) -> exact.forEach((text, numbers) -> {
                if (expression.matches(text)) {
                    numbers.stream().filter(other -> sameTrunk(trunk, other)).forEach(other -> add(pattern, other));
                }
            });
            case NumberKey.AllOfTrunk(String trunk) -> exact.forEach((text, numbers) -> {
                if (!text.startsWith("+")) {
                    numbers.stream().filter(other -> NumberKey.trunkOf(other.phoneNumber()).isEmpty()).forEach(other -> add(pattern, other));
                }
            });
            case NumberKey.Exact one -> {}
            case NumberKey.OnTrunk one -> {}
        }
    }

    private static boolean sameTrunk(Optional<String> trunk, PhoneNumber other) {
        Optional<String> others = NumberKey.trunkOf(other.phoneNumber());
        return trunk.isEmpty() || others.isEmpty() || trunk.equals(others);
    }

    private void add(PhoneNumber pattern, PhoneNumber other) {
        if (!pattern.organisationId().equals(other.organisationId()) && (written.test(pattern) || written.test(other))) {
            found.computeIfAbsent(new Pair(pattern, other.organisationId()), any -> new ArrayList<>()).add(other);
        }
    }

    private Overlap told(Map.Entry<Pair, List<PhoneNumber>> entry) {
        PhoneNumber pattern = entry.getKey().pattern();
        List<PhoneNumber> others = entry.getValue();
        PhoneNumber now = written.test(pattern) ? pattern : others.stream().filter(written).findFirst().orElseThrow();
        return new Overlap(pattern, name(pattern), others, name(others.getFirst()), now);
    }

    private String name(PhoneNumber number) {
        return directory.organisationOf(number).name();
    }
}
