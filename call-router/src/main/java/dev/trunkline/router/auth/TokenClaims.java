package dev.trunkline.router.auth;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Where an issuer's tokens contain role and organisation.
 *
 * @param roleClaim holds one role or a list; a slash descends into nested claims, if no claim has the whole name
 * @param organisationClaim likewise, the name or id of one organisation
 */
record TokenClaims(String roleClaim, String organisationClaim, String adminRole, String tenantRole) {
    static final TokenClaims BUILT_IN = new TokenClaims("groups", "organisation", "admin", "tenant");

    List<String> roles(Map<String, Object> claims) {
        return at(roleClaim, claims).map(TokenClaims::texts).orElse(List.of());
    }

    /** Returns the organisation; empty if there is none, or several, because a token belongs to one organisation. */
    Optional<String> organisation(Map<String, Object> claims) {
        return at(organisationClaim, claims)
                .map(TokenClaims::texts)
                .filter(names -> names.size() == 1)
                .map(List::getFirst)
                .filter(name -> !name.isBlank());
    }

    private static Optional<Object> at(String name, Map<?, ?> claims) {
        // Names of claims may be URLs, which contain slashes too.
        if (claims.containsKey(name)) {
            return Optional.ofNullable(claims.get(name));
        }
        int slash = name.indexOf('/');
        return slash > 0 && claims.get(name.substring(0, slash)) instanceof Map<?, ?> below
                ? at(name.substring(slash + 1), below)
                : Optional.empty();
    }

    private static List<String> texts(Object value) {
        return switch (value) {
            case String text -> List.of(text);
            case Collection<?> several -> several.stream()
                    .filter(String.class::isInstance)
                    .map(String.class::cast)
                    .toList();
            default -> List.of();
        };
    }
}
