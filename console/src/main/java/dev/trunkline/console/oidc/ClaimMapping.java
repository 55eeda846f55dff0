package dev.trunkline.console.oidc;

import com.fasterxml.jackson.databind.JsonNode;
import dev.trunkline.console.accounts.Role;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Maps a person's claims to name, role and organisation. Pure.
 *
 * @param user the claim with the name shown on pages and in notes
 * @param role the claim with one role or a list of them; {@code realm_access/roles} is a claim within a claim
 * @param organisation the claim with the name of the organisation
 * @param roles the role that each value of the role claim stands for; other values are ignored
 */
public record ClaimMapping(String user, String role, String organisation, Map<String, Role> roles) {
    private static final int LONGEST = 200;
    /** Most values of the role claim that are examined. */
    private static final int MOST_VALUES = 1_000;

    /** @param organisation by name; empty for all */
    record Person(String name, Role role, Optional<String> organisation) {}

    /** If a person has several roles, the first of admin, tenant, desk and support counts. */
    Person person(JsonNode claims) throws NotSignedIn {
        Role highest = values(claims, role).stream()
                .flatMap(value -> Optional.ofNullable(roles.get(value)).stream())
                .min(Comparator.naturalOrder())
                .orElseThrow(() -> new NotSignedIn(
                        TurnedAway.NO_ROLE, "the claim " + role + " has no value that the settings map to a role"));
        return new Person(name(claims), highest, organisation(claims, highest));
    }

    private Optional<String> organisation(JsonNode claims, Role held) throws NotSignedIn {
        if (held == Role.ADMIN) {
            return Optional.empty();
        }
        List<String> names = values(claims, organisation).stream().filter(name -> !name.isBlank()).distinct().toList();
        // Support without an organisation sees everything; with two organisations, chance must not decide between them.
        if (names.size() > 1 || (names.isEmpty() && held != Role.SUPPORT)) {
            throw new NotSignedIn(TurnedAway.NO_ORGANISATION,
                    "the claim " + organisation + " has " + names.size() + " names; a " + held.code() + " belongs to one organisation");
        }
        return names.stream().findFirst();
    }

    /** The claim that the settings name, otherwise the subject, which every token has. */
    private String name(JsonNode claims) {
        String name = values(claims, user).stream().filter(text -> !text.isBlank()).findFirst().orElse(claims.path("sub").asText());
        return name.length() > LONGEST ? name.substring(0, LONGEST) : name;
    }

    /** Returns the texts of a claim that is a text or a list of texts. */
    private static List<String> values(JsonNode claims, String name) {
        JsonNode claim = find(claims, name);
        List<String> values = new ArrayList<>();
        if (claim.isTextual()) {
            values.add(claim.asText());
        }
        for (int i = 0; claim.isArray() && i < Math.min(claim.size(), MOST_VALUES); i++) {
            if (claim.get(i).isTextual()) {
                values.add(claim.get(i).asText());
            }
        }
        return values;
    }

    /** A claim's name may itself contain slashes, like {@code https://example.com/roles}: the complete name is tried first. */
    static JsonNode find(JsonNode claims, String name) {
        if (claims.has(name)) {
            return claims.get(name);
        }
        JsonNode at = claims;
        for (String part : name.split("/")) {
            at = at.path(part);
        }
        return at;
    }

    boolean hasRole(JsonNode claims) {
        return !find(claims, role).isMissingNode();
    }
}
