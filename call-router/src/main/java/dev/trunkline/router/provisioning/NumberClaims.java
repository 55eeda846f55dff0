package dev.trunkline.router.provisioning;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.trunkline.router.apply.PhoneNumbers;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Determines which organisation gets the dialled numbers. LiveKit has no owners of numbers. Here, the numbers that a
 * rule names belong to its organisation, and other numbers of a trunk to the trunk's; a trunk that lists none brings
 * everything that it dials ({@code *@TRUNK}) to its organisation.
 */
final class NumberClaims {
    private record Claim(Wanted by, String organisation) {}

    private final Map<String, List<Claim>> claims = new HashMap<>();
    private final Set<String> ofRules = new HashSet<>();
    private final List<Fact> facts = new ArrayList<>();

    void rule(Wanted rule) {
        rule.form().path("numbers").forEach(number -> claim(number.asText(), rule).ifPresent(ofRules::add));
    }

    /** Adds a trunk's claims; to be called when all rules have claimed. */
    void trunk(Wanted trunk) {
        of(trunk.form()).stream().filter(number -> !isOfARule(number)).forEach(number -> claim(number, trunk));
    }

    /** Returns the numbers that a trunk or a rule stands for. */
    static List<String> of(ObjectNode form) {
        List<String> numbers = form.path("numbers").valueStream().map(JsonNode::asText).toList();
        return numbers.isEmpty() && !form.has("type") ? List.of("*@" + form.path("name").asText()) : numbers;
    }

    private boolean isOfARule(String number) {
        return key(number).filter(ofRules::contains).isPresent();
    }

    private Optional<String> claim(String number, Wanted by) {
        Optional<String> key = key(number);
        key.ifPresentOrElse(
                known -> claims.computeIfAbsent(known, any -> new ArrayList<>()).add(new Claim(by, by.organisation())),
                () -> tell(by, "%s is no number that an organisation can have: write it in E.164, as +15105550100".formatted(number)));
        return key;
    }

    static Optional<String> key(String number) {
        try {
            return Optional.of(PhoneNumbers.key(number));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /**
     * @param owners which organisation has which numbers now, by name; empty for an idle number
     * @param made numbers that provisioning created, and may reassign
     * @return the numbers to be created or assigned, with the organisation of each
     */
    Map<String, String> settle(Map<String, Optional<String>> owners, Set<String> made) {
        Map<String, String> given = new HashMap<>();
        claims.forEach((number, claimants) -> {
            Set<String> organisations = new HashSet<>();
            claimants.forEach(claim -> organisations.add(claim.organisation()));
            boolean there = owners.containsKey(number);
            Optional<String> owner = there ? owners.get(number) : Optional.empty();
            if (there && !made.contains(number)) {
                claimants.stream().filter(claim -> !owner.equals(Optional.of(claim.organisation()))).forEach(claim -> tell(claim.by(),
                        "%s is %s here and not %s's: assign it, or leave it out in LiveKit"
                                .formatted(number, owner.map(name -> name + "'s").orElse("nobody's"), claim.organisation())));
            } else if (organisations.size() > 1) {
                claimants.forEach(claim -> tell(claim.by(), "%s is claimed by several organisations (%s), and goes to none by this: assign it"
                        .formatted(number, String.join(", ", organisations.stream().sorted().toList()))));
            } else if (!owner.equals(Optional.of(claimants.getFirst().organisation()))) {
                given.put(number, claimants.getFirst().organisation());
            }
        });
        return given;
    }

    /** Returns whether anything in LiveKit names the number. */
    boolean claimed(String number) {
        return claims.containsKey(number);
    }

    List<Fact> facts() {
        return facts;
    }

    private void tell(Wanted by, String text) {
        facts.add(new Fact(by.item().key(), by.item().name(), Reason.NUMBER_NOT_ITS, text));
    }
}
