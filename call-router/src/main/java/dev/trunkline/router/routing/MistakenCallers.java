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
 * Finds numbers in a rule's {@code inbound_numbers} that are called rather than calling. LiveKit's field of this name
 * was the dialled number in its deprecated flat form and is the caller in the wrapped one. People carry the old meaning
 * over; then the rule never takes a call, and nothing looks wrong. The author of a rule that has {@code numbers} as
 * well knows both fields.
 */
final class MistakenCallers {
    private MistakenCallers() {}

    /** Returns them as they are written in the rule; none if they are callers as far as can be determined. */
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
                        // These match everything that is called, and therefore also every caller.
                        .filter(key -> !key.startsWith("/") && !key.startsWith("*@"))
                        .isPresent();
        return ofTheTrunk || owned;
    }

    /** Returns what to write instead, as the end of a sentence; empty if nothing is mistaken. */
    static Optional<String> advice(List<String> called) {
        if (called.isEmpty()) {
            return Optional.empty();
        }
        String line = called.stream().map("\"%s\""::formatted).collect(Collectors.joining(", ", "\"numbers\": [", "]"));
        return Optional.of("inbound_numbers are the callers, and %s called here: if the dialled number is meant, write %s instead"
                .formatted(String.join(", ", called) + (called.size() == 1 ? " is" : " are"), line));
    }
}
