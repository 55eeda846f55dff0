package dev.trunkline.router.routing;

import dev.trunkline.router.directory.Directory;
import dev.trunkline.router.directory.DispatchRule;
import dev.trunkline.router.directory.NumberKey;
import dev.trunkline.router.directory.NumberPattern;
import dev.trunkline.router.directory.PhoneNumber;
import dev.trunkline.router.directory.TrunkView;
import dev.trunkline.router.routing.PatternSets.Numbers;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Finds a number that can be dialled on a trunk and that two rules take: one from the directory if there is one,
 * otherwise a made-up one. Finds none if every such number belongs to an organisation that one of the rules is not for.
 */
final class ExampleNumbers {
    /** Digits of a made-up number, with its country code. */
    private static final int LENGTH = 11;
    /** From the range that is reserved for fiction. */
    private static final String FICTION = "+12025550100";

    private final Directory directory;
    private final TrunkView trunk;
    private final Numbers ofTrunk;
    /** The numbers that the trunk may bring, without patterns, in order. */
    private final TreeMap<String, PhoneNumber> dialled = new TreeMap<>();

    ExampleNumbers(Directory directory, TrunkView trunk) {
        this.directory = directory;
        this.trunk = trunk;
        this.ofTrunk = Numbers.of(trunk.numbers());
        for (PhoneNumber number : directory.numbers().values()) {
            Optional<String> one = switch (NumberKey.of(number.phoneNumber())) {
                case NumberKey.Exact(String text) -> Optional.of(text);
                case NumberKey.OnTrunk(String text, String name) when name.equals(trunk.trunk().name()) ->
                        Optional.of(text);
                default -> Optional.empty();
            };
            one.filter(ofTrunk::contains).ifPresent(text -> dialled.put(text, number));
        }
    }

    /** Returns a number that both rules take on the trunk. */
    Optional<String> called(DispatchRule one, DispatchRule other, Numbers ofOne, Numbers ofOther) {
        boolean anyNumber = ofOne.any() && ofOther.any();
        List<NumberPattern> both = anyNumber ? List.of() : PatternSets.meet(ofOne, ofOther);
        if (!anyNumber && both.isEmpty()) {
            return Optional.empty();
        }
        List<NumberPattern> here = within(both, anyNumber);
        for (NumberPattern pattern : here) {
            Optional<String> known = known(pattern, one, other);
            if (known.isPresent()) {
                return known;
            }
        }
        return here.stream()
                .map(ExampleNumbers::madeUp)
                .filter(number -> mayBeFor(directory.number(number, trunk.trunk()), one, other))
                .findFirst();
    }

    /** Returns the part of the patterns that the trunk may bring. */
    private List<NumberPattern> within(List<NumberPattern> both, boolean anyNumber) {
        if (anyNumber) {
            return ofTrunk.any() ? List.of(new NumberPattern("", true)) : trunk.numbers();
        }
        return ofTrunk.any() ? both : PatternSets.meet(Numbers.of(both), ofTrunk);
    }

    private Optional<String> known(NumberPattern pattern, DispatchRule one, DispatchRule other) {
        if (!pattern.open()) {
            return Optional.ofNullable(dialled.get(pattern.text()))
                    .filter(number -> mayBeFor(Optional.of(number), one, other))
                    .map(number -> pattern.text());
        }
        for (var entry : dialled.tailMap(pattern.text()).entrySet()) {
            if (!entry.getKey().startsWith(pattern.text())) {
                break;
            }
            if (mayBeFor(Optional.of(entry.getValue()), one, other)) {
                return Optional.of(entry.getKey());
            }
        }
        return Optional.empty();
    }

    /** A number that nobody has yet may be given to any organisation. */
    private static boolean mayBeFor(Optional<PhoneNumber> number, DispatchRule one, DispatchRule other) {
        return number.isEmpty() || isFor(number.get(), one) && isFor(number.get(), other);
    }

    private static boolean isFor(PhoneNumber number, DispatchRule rule) {
        return rule.organisationId().isEmpty() || rule.organisationId().get().equals(number.organisationId());
    }

    /** Returns a number from which both rules take calls; an empty text for any. */
    static Optional<String> caller(Numbers ofOne, Numbers ofOther, Numbers ofTrunk) {
        List<NumberPattern> met = new ArrayList<>(PatternSets.meet(ofOne, ofOther));
        boolean anyCaller = ofOne.any() && ofOther.any();
        if (anyCaller && ofTrunk.any()) {
            return Optional.of("");
        }
        if (!anyCaller && met.isEmpty()) {
            return Optional.empty();
        }
        List<NumberPattern> here = anyCaller
                ? PatternSets.meet(ofTrunk, ofOne)
                : ofTrunk.any() ? met : PatternSets.meet(Numbers.of(met), ofTrunk);
        return here.stream().map(ExampleNumbers::madeUp).findFirst();
    }

    private static String madeUp(NumberPattern pattern) {
        if (!pattern.open()) {
            return pattern.text();
        }
        if (pattern.text().isEmpty()) {
            return FICTION;
        }
        StringBuilder number = new StringBuilder(pattern.text());
        while (number.length() <= LENGTH) {
            number.append('0');
        }
        return number.toString();
    }
}
