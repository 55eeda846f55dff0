package dev.trunkline.router.routing;

import dev.trunkline.router.directory.Directory;
import dev.trunkline.router.directory.DispatchRule;
import dev.trunkline.router.directory.InboundTrunk;
import java.util.List;
import java.util.stream.Collectors;

/** The contents of a rule's field, in brackets, for the person who has to change it. */
final class SkipWords {
    private static final int MOST = 6;

    private SkipWords() {}

    static String numbers(DispatchRule rule) {
        return list(rule.numbers());
    }

    /** Returns the dialled numbers that a trunk may bring. */
    static String shown(InboundTrunk trunk) {
        return list(trunk.numbers());
    }

    /** Callers are people: their numbers are counted, and only beginnings that cover many numbers are shown. */
    static String inboundNumbers(DispatchRule rule) {
        List<String> beginnings =
                rule.inboundNumbers().stream().filter(number -> number.endsWith("*")).toList();
        int numbers = rule.inboundNumbers().size() - beginnings.size();
        if (numbers == 0) {
            return list(beginnings);
        }
        String counted = numbers == 1 ? "one number" : numbers + " numbers";
        return beginnings.isEmpty()
                ? " (" + counted + ")"
                : " (" + shown(beginnings) + " and " + counted + ")";
    }

    static String trunks(DispatchRule rule, Directory directory) {
        return list(rule.trunkIds().stream()
                .map(id -> directory.trunk(id).map(view -> view.trunk().name()).orElse("one that is gone"))
                .toList());
    }

    private static String list(List<String> items) {
        return " (" + shown(items) + ")";
    }

    private static String shown(List<String> items) {
        String first = items.stream().limit(MOST).collect(Collectors.joining(", "));
        return items.size() <= MOST ? first : "%s and %d more".formatted(first, items.size() - MOST);
    }
}
