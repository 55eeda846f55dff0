package dev.trunkline.events.destinations;

import dev.trunkline.events.Destinations;
import dev.trunkline.events.OutboundTrunk;
import dev.trunkline.events.RefusalReason;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Which destinations a trunk may call, so that nobody can run up a bill with it. The trunk's longest matching prefix of the number decides,
 * and of two that are equally long the forbidden one; a country counts with the length of its code. A number that costs more than an
 * ordinary call, or is of a range that is not in use, needs a prefix in {@code allowed} that names its range: one that goes
 * {@value #NAMES_A_RANGE} digits beyond the country code.
 */
final class DestinationGuard {
    /**
     * In some countries, area codes and expensive ranges share the first two digits: German +4970 is the prefix of Tübingen and of all
     * personal numbers.
     */
    static final int NAMES_A_RANGE = 3;

    private DestinationGuard() {}

    /** @param refused empty if it may be called @param why one sentence, without the number */
    record Verdict(Optional<RefusalReason> refused, String why) {}

    /** The trunk's entry that matches a number most closely. @param length of the prefix that it names */
    private record Match(int length, boolean prefix, String word) {}

    static Verdict judge(PublicNumber number, OutboundTrunk trunk) {
        String where = "The target is %s, %s".formatted(
                number.country().map(country -> "in " + country).orElse("in no country"), number.kind().words());
        Optional<Match> forbidden = trunk.forbidden().flatMap(words -> closest(words, number));
        Optional<Match> allowed = closest(allowed(trunk), number);
        if (forbidden.isPresent() && forbidden.get().length() >= allowed.map(Match::length).orElse(0)) {
            return forbidden("%s, and %s is forbidden on trunk %s.".formatted(where, forbidden.get().word(), trunk.name()));
        }
        if (allowed.isEmpty()) {
            return forbidden("%s, and trunk %s may call %s: write %s into its allowed.".formatted(
                    where, trunk.name(), spoken(trunk), number.country().map(country -> "the country " + country).orElse("a prefix")));
        }
        Match match = allowed.get();
        boolean named = match.prefix() && match.length() >= number.code() + NAMES_A_RANGE;
        return switch (number.kind()) {
            case ORDINARY -> new Verdict(Optional.empty(), "%s, and %s is allowed on trunk %s.".formatted(where, match.word(), trunk.name()));
            case UNKNOWN, PREMIUM_RATE, SHARED_COST, PERSONAL -> named
                    ? new Verdict(Optional.empty(), "%s, and the prefix %s is allowed on trunk %s by name.".formatted(where, match.word(), trunk.name()))
                    : new Verdict(
                            Optional.of(number.kind() == PublicNumber.Kind.UNKNOWN
                                    ? RefusalReason.DESTINATION_INVALID : RefusalReason.DESTINATION_FORBIDDEN),
                            ("%s, which is called only where allowed of trunk %s has a prefix of its range, %d digits or more beyond the"
                                    + " country code.").formatted(where, trunk.name(), NAMES_A_RANGE));
        };
    }

    private static Verdict forbidden(String why) {
        return new Verdict(Optional.of(RefusalReason.DESTINATION_FORBIDDEN), why);
    }

    private static Destinations allowed(OutboundTrunk trunk) {
        return trunk.allowed()
                .orElseGet(() -> new Destinations(trunk.dialling().country().map(List::of).orElse(List.of()), List.of()));
    }

    private static String spoken(OutboundTrunk trunk) {
        Destinations allowed = allowed(trunk);
        String words = allowed.countries().stream().collect(Collectors.joining(", "))
                + (allowed.countries().isEmpty() || allowed.prefixes().isEmpty() ? "" : ", ")
                + allowed.prefixes().stream().collect(Collectors.joining(", "));
        return words.isEmpty() ? "nowhere, as it has neither dialling.country nor allowed" : words + " alone";
    }

    private static Optional<Match> closest(Destinations words, PublicNumber number) {
        Optional<Match> prefix = words.prefixes().stream()
                .filter(number.e164()::startsWith)
                .max((one, other) -> Integer.compare(one.length(), other.length()))
                .map(text -> new Match(text.length(), true, text));
        Optional<Match> country = number.country()
                .filter(words.countries()::contains)
                .map(region -> new Match(number.code(), false, region));
        return prefix.filter(match -> match.length() >= country.map(Match::length).orElse(0)).or(() -> country).or(() -> prefix);
    }
}
