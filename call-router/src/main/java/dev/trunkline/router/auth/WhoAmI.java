package dev.trunkline.router.auth;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.Optional;

/**
 * The owner of a token.
 *
 * @param role {@code admin} or {@code tenant}
 * @param organisation of a tenant, by name
 */
@JsonInclude(JsonInclude.Include.NON_ABSENT)
public record WhoAmI(String subject, String role, Optional<String> organisation, Optional<String> organisationId) {

    static WhoAmI of(Principal caller) {
        return switch (caller) {
            case Principal.Admin(String subject) ->
                    new WhoAmI(subject, "admin", Optional.empty(), Optional.empty());
            case Principal.Tenant(String subject, var id, String name) ->
                    new WhoAmI(subject, "tenant", Optional.of(name), Optional.of(id.toString()));
        };
    }
}
