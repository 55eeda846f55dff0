package dev.trunkline.router.directory;

import com.google.re2j.Pattern;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;

/**
 * Finds the entry that a called number belongs to, in this order, so that no pattern takes a number that has a closer
 * key:
 *
 * <ol>
 *   <li>the number on this trunk alone ({@code 1001@pbx});
 *   <li>the number ({@code +3225550100});
 *   <li>the longest beginning; for the same length, the trunk's own ({@code +32*@pbx}) before any trunk's ({@code +32*});
 *   <li>the expressions of the trunk ({@code /1\d{3}/@pbx}), then those of any trunk, in each the oldest that matches;
 *   <li>everything else that the trunk dials ({@code *@pbx}).
 * </ol>
 *
 * Immutable.
 */
final class NumberIndex {
    /** Nobody dials more (RFC 3261 sets no limit); expressions are not matched against longer ones. */
    private static final int LONGEST = 128;
    private static final Patterns NONE = new Patterns();

    private record Expression(Pattern pattern, PhoneNumber number) {}

    /** The patterns of one trunk, or those that apply to any. */
    private static final class Patterns {
        private final Map<String, PhoneNumber> beginnings = new HashMap<>();
        private final List<Expression> expressions = new ArrayList<>();
        private Optional<PhoneNumber> all = Optional.empty();

        private Optional<PhoneNumber> byExpression(String called) {
            for (Expression expression : expressions) {
                if (expression.pattern().matches(called)) {
                    return Optional.of(expression.number());
                }
            }
            return Optional.empty();
        }
    }

    private final Map<NumberKey.OnTrunk, PhoneNumber> onTrunks = new HashMap<>();
    private final Map<String, PhoneNumber> exact = new HashMap<>();
    private final Patterns ofAny = new Patterns();
    private final Map<String, Patterns> ofTrunks = new HashMap<>();
    /** The lengths of the beginnings, the longest first. */
    private final int[] lengths;

    NumberIndex(Collection<PhoneNumber> numbers) {
        var descending = new TreeSet<Integer>(Comparator.reverseOrder());
        numbers.stream().sorted(Comparator.comparing(PhoneNumber::createdAt)
                        .thenComparing(PhoneNumber::phoneNumber))
                .forEach(number -> {
                    switch (NumberKey.of(number.phoneNumber())) {
                        case NumberKey.Exact(String text) -> exact.put(text, number);
                        case NumberKey.OnTrunk key -> onTrunks.put(key, number);
                        case NumberKey.Beginning(String stem, Optional<String> trunk) -> {
                            of(trunk).beginnings.put(stem, number);
                            descending.add(stem.length());
                        }
                        case NumberKey.Expression(Pattern pattern, Optional<String> trunk) ->
                                of(trunk).expressions.add(new Expression(pattern, number));
                        case NumberKey.AllOfTrunk(String trunk) -> of(Optional.of(trunk)).all = Optional.of(number);
                    }
                });
        lengths = descending.stream().mapToInt(Integer::intValue).toArray();
    }

    private Patterns of(Optional<String> trunk) {
        return trunk.map(name -> ofTrunks.computeIfAbsent(name, any -> new Patterns())).orElse(ofAny);
    }

    Optional<PhoneNumber> find(String called, String trunk) {
        if (!onTrunks.isEmpty()) {
            PhoneNumber here = onTrunks.get(new NumberKey.OnTrunk(called, trunk));
            if (here != null) {
                return Optional.of(here);
            }
        }
        PhoneNumber same = exact.get(called);
        return same != null ? Optional.of(same) : byPattern(called, ofTrunks.getOrDefault(trunk, NONE));
    }

    private Optional<PhoneNumber> byPattern(String called, Patterns ofTrunk) {
        for (int length : lengths) {
            if (length <= called.length()) {
                String stem = called.substring(0, length);
                PhoneNumber number = ofTrunk.beginnings.getOrDefault(stem, ofAny.beginnings.get(stem));
                if (number != null) {
                    return Optional.of(number);
                }
            }
        }
        if (called.length() > LONGEST) {
            return Optional.empty();
        }
        return ofTrunk.byExpression(called)
                .or(() -> ofAny.byExpression(called))
                .or(() -> ofTrunk.all);
    }
}
