package dev.trunkline.router.routing;

import dev.trunkline.router.directory.Directory;
import dev.trunkline.router.directory.NumberPattern;
import dev.trunkline.router.directory.PhoneNumber;
import dev.trunkline.router.directory.TrunkView;
import dev.trunkline.router.directory.TrunkView.Candidate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Finds numbers in a rule's {@code inbound_numbers} that are called, not calling. LiveKit's field of this name was the dialled
 * number in its deprecated flat form and is the caller in the wrapped one, and people carry the old meaning over: then the rule
 * never takes a call, and nothing looks wrong. A rule that says {@code numbers} too knows both.
 */
final class MistakenCallers {
    private MistakenCallers() {}

    /** As they are written in the rule; none where they are callers as far as anybody can tell. */
    static List<String> of(Candidate candidate, TrunkView trunk, Directory directory) {
        if (!candidate.numbers().isEmpty()) {
            return List.of();
        }
        List<String> called = new ArrayList<>();
        List<String> written = candidate.rule().inboundNumbers();
        for (int i = 0; i < written.size(); i++) {
            if (called(candidate.inboundNumbers().get(i), trunk, directory)) {
                called.add(written.get(i));
            }
        }
        return called;
    }

    private static boolean called(NumberPattern pattern, TrunkView trunk, Directory directory) {
        boolean ofTheTrunk = trunk.numbers().stream()
                .anyMatch(ours -> pattern.open() ? ours.equals(pattern) : ours.matches(pattern.text()));
        boolean owned = pattern.open()
                ? directory.numbers().containsKey(pattern.text() + "*")
                : directory.number(pattern.text(), trunk.trunk())
                        .map(PhoneNumber::phoneNumber)
                        // These take in whatever is called, and so whoever calls.
                        .filter(key -> !key.startsWith("/") && !key.startsWith("*@"))
                        .isPresent();
        return ofTheTrunk || owned;
    }

    /** What to write, as the end of a sentence; empty where nothing is mistaken. */
    static Optional<String> advice(List<String> called) {
        if (called.isEmpty()) {
            return Optional.empty();
        }
        String line = called.stream().map("\"%s\""::formatted).collect(Collectors.joining(", ", "\"numbers\": [", "]"));
        return Optional.of("inbound_numbers are the callers, and %s called here: if the dialled number is meant, write %s instead"
                .formatted(String.join(", ", called) + (called.size() == 1 ? " is" : " are"), line));
    }
}
