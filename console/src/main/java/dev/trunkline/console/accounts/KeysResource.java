package dev.trunkline.console.accounts;

import dev.trunkline.console.problem.Refused;
import dev.trunkline.events.OrganisationRef;
import io.smallrye.common.annotation.Blocking;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.logging.Logger;

/** API keys of programs, created and revoked by people. */
@Path("/keys")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "API keys", description = "Keys for programs, sent as `Authorization: Bearer tlk_…`. A key cannot create keys.")
public class KeysResource {
    private static final Logger LOG = Logger.getLogger(KeysResource.class);
    private static final int LONGEST_NAME = 100;
    private static final int MOST_DAYS = 3_650;

    private final ApiKeys keys;
    private final CurrentSession current;
    private final OrganisationIds organisations;
    private final Clock clock;

    /**
     * @param role admin, tenant, desk or support; a tenant cannot create an admin's
     * @param organisation by name; only from an admin, because a tenant's keys belong to its own organisation
     * @param days until the key expires; without it, never
     */
    public record Wish(Optional<String> name, Optional<String> role, Optional<String> organisation, Optional<Integer> days) {}

    public record Listed(List<ApiKeys.Shown> keys) {}

    public KeysResource(ApiKeys keys, CurrentSession current, OrganisationIds organisations, Clock clock) {
        this.keys = keys;
        this.current = current;
        this.organisations = organisations;
        this.clock = clock;
    }

    @GET
    @Allowed({Role.ADMIN, Role.TENANT})
    @Blocking
    @Operation(summary = "List keys", description = "Without the keys themselves; keys that are no longer valid stay for 400 days.")
    public Listed list() throws SQLException {
        requirePerson();
        return new Listed(keys.list(current.user()));
    }

    @POST
    @Allowed({Role.ADMIN, Role.TENANT})
    @Consumes(MediaType.APPLICATION_JSON)
    @Blocking
    @Operation(
            summary = "Create a key",
            description = "`name`, `role`, for an admin `organisation`, and `days` after which the key expires.")
    @APIResponse(responseCode = "201", description = "The key, which is shown only this once.")
    @APIResponse(responseCode = "409", description = "There are already 50 valid keys.")
    public Response make(Wish wish) throws SQLException {
        requirePerson();
        ApiKeys.Made made = keys.make(wanted(wish, current.user()), current.user().name());
        LOG.infof("key=%s was created by %s: role=%s", made.shown().id(), current.user().name(), made.shown().role().code());
        return Response.status(Response.Status.CREATED).entity(made).build();
    }

    @DELETE
    @Path("/{id}")
    @Allowed({Role.ADMIN, Role.TENANT})
    @Blocking
    @Operation(summary = "Revoke a key")
    @APIResponse(responseCode = "204", description = "The key is no longer valid.")
    @APIResponse(responseCode = "404", description = "There is no valid key with this id.")
    public Response revoke(@PathParam("id") String id) throws SQLException {
        requirePerson();
        if (!id(id).map(this::revoked).orElse(false)) {
            throw Refused.unknown("There is no valid key with this id: GET /api/v1/keys lists the keys.");
        }
        LOG.infof("key=%s was revoked by %s", id, current.user().name());
        return Response.noContent().build();
    }

    private boolean revoked(UUID id) {
        try {
            return keys.revoke(current.user(), id);
        } catch (SQLException e) {
            throw Refused.unavailable("The console's database does not answer. Try again in a moment.");
        }
    }

    private static Optional<UUID> id(String text) {
        try {
            return Optional.of(UUID.fromString(text));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /** A person who finds a key must not be able to create further keys with it. */
    private void requirePerson() {
        if (current.byKey()) {
            throw Refused.forbidden("Only people can create and revoke keys: sign in.");
        }
    }

    private ApiKeys.Wanted wanted(Wish wish, User user) {
        Optional<Wish> given = Optional.ofNullable(wish);
        String name = given.flatMap(Wish::name).map(String::strip)
                .filter(text -> !text.isEmpty() && text.length() <= LONGEST_NAME && text.chars().noneMatch(Character::isISOControl))
                .orElseThrow(() -> Refused.malformed(
                        "name must have 1 to %d characters and say what the key is for.".formatted(LONGEST_NAME)));
        Role role = given.flatMap(Wish::role).flatMap(code -> Arrays.stream(Role.values()).filter(known -> known.code().equals(code)).findFirst())
                .orElseThrow(() -> Refused.malformed("role must be admin, tenant, desk or support."));
        if (role == Role.ADMIN && user.role() != Role.ADMIN) {
            throw Refused.forbidden("A tenant cannot create keys with the role admin.");
        }
        return new ApiKeys.Wanted(name, role, organisation(given.flatMap(Wish::organisation), role, user), end(given.flatMap(Wish::days)));
    }

    private Optional<OrganisationRef> organisation(Optional<String> name, Role role, User user) {
        if (user.organisation().isPresent()) {
            if (name.isPresent() && !name.equals(user.organisation().map(OrganisationRef::name))) {
                throw Refused.forbidden("A tenant can create keys for its own organisation only.");
            }
            return user.organisation();
        }
        boolean needs = role == Role.TENANT || role == Role.DESK;
        Optional<String> given = name.filter(text -> !text.isBlank());
        if (role == Role.ADMIN && given.isPresent() || needs && given.isEmpty()) {
            throw Refused.malformed("A key with the role tenant or desk needs an organisation; one with the role admin has none.");
        }
        return given.map(text -> new OrganisationRef(organisations.idOf(text), text));
    }

    private Optional<Instant> end(Optional<Integer> days) {
        if (days.filter(count -> count < 1 || count > MOST_DAYS).isPresent()) {
            throw Refused.malformed("days must be from 1 to %d, or be left out.".formatted(MOST_DAYS));
        }
        return days.map(count -> clock.instant().plus(Duration.ofDays(count)));
    }
}
