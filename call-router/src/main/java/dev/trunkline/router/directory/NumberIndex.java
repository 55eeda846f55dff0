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
 * Finds whose a called number is: the number on this trunk alone, then the number, then the longest beginning, then the
 * oldest regular expression that matches. Immutable.
 */
final class NumberIndex {
    /** Nobody dials more (RFC 3261 sets no limit); expressions are not asked about longer ones. */
    private static final int LONGEST = 128;

    private record Expression(Pattern pattern, PhoneNumber number) {}

    private final Map<NumberKey.OnTrunk, PhoneNumber> onTrunks = new HashMap<>();
    private final Map<String, PhoneNumber> exact = new HashMap<>();
    private final Map<String, PhoneNumber> beginnings = new HashMap<>();
    /** The lengths that beginnings have, the longest first. */
    private final int[] lengths;
    private final List<Expression> expressions = new ArrayList<>();

    NumberIndex(Collection<PhoneNumber> numbers) {
        var descending = new TreeSet<Integer>(Comparator.reverseOrder());
        numbers.stream().sorted(Comparator.comparing(PhoneNumber::createdAt)
                        .thenComparing(PhoneNumber::phoneNumber))
                .forEach(number -> {
                    switch (NumberKey.of(number.phoneNumber())) {
                        case NumberKey.Exact(String text) -> exact.put(text, number);
                        case NumberKey.OnTrunk key -> onTrunks.put(key, number);
                        case NumberKey.Beginning(String stem) -> {
                            beginnings.put(stem, number);
                            descending.add(stem.length());
                        }
                        case NumberKey.Expression(Pattern pattern) ->
                                expressions.add(new Expression(pattern, number));
                    }
                });
        lengths = descending.stream().mapToInt(Integer::intValue).toArray();
    }

    Optional<PhoneNumber> find(String called, String trunk) {
        if (!onTrunks.isEmpty()) {
            PhoneNumber here = onTrunks.get(new NumberKey.OnTrunk(called, trunk));
            if (here != null) {
                return Optional.of(here);
            }
        }
        PhoneNumber same = exact.get(called);
        return same != null ? Optional.of(same) : byPattern(called);
    }

    private Optional<PhoneNumber> byPattern(String called) {
        for (int length : lengths) {
            if (length <= called.length()) {
                PhoneNumber number = beginnings.get(called.substring(0, length));
                if (number != null) {
                    return Optional.of(number);
                }
            }
        }
        if (called.length() <= LONGEST) {
            for (Expression expression : expressions) {
                if (expression.pattern().matches(called)) {
                    return Optional.of(expression.number());
                }
            }
        }
        return Optional.empty();
    }
}
