package dev.trunkline.console.history;

import dev.trunkline.console.accounts.Allowed;
import dev.trunkline.console.accounts.CurrentSession;
import dev.trunkline.console.accounts.OrganisationIds;
import dev.trunkline.console.accounts.Role;
import dev.trunkline.console.accounts.User;
import dev.trunkline.console.problem.Refused;
import dev.trunkline.events.OrganisationRef;
import io.smallrye.common.annotation.Blocking;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PATCH;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.sql.SQLException;
import java.time.Clock;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.logging.Logger;

/** How long calls are kept. */
@Path("/retention")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "History")
public class RetentionResource {
    private static final Logger LOG = Logger.getLogger(RetentionResource.class);

    private final Retention retention;
    private final CurrentSession current;
    private final OrganisationIds organisations;
    private final Clock clock;

    /** @param organisation by name; only from an admin @param days empty: back to the default */
    public record Wish(Optional<String> organisation, Optional<Integer> days) {}

    public RetentionResource(Retention retention, CurrentSession current, OrganisationIds organisations, Clock clock) {
        this.retention = retention;
        this.current = current;
        this.organisations = organisations;
        this.clock = clock;
    }

    @GET
    @Allowed({Role.ADMIN, Role.TENANT, Role.SUPPORT})
    @Blocking
    @Operation(summary = "How long calls are kept", description = "`usualDays`, unless calls are kept forever by default, and organisations"
            + " with a retention of their own; a tenant sees its own.")
    public Retention.Shown shown() throws SQLException {
        return retention.shown(current.user());
    }

    @PATCH
    @Allowed({Role.ADMIN, Role.TENANT})
    @Consumes(MediaType.APPLICATION_JSON)
    @Blocking
    @Operation(
            summary = "Change how long calls of an organisation are kept",
            description = "`days` is 1 to 3,650, for a tenant at most the default; without it, the default applies. An admin names the"
                    + " `organisation`. Older calls are deleted within minutes, permanently.")
    public Retention.Shown change(Wish wish) throws SQLException {
        User user = current.user();
        Optional<Wish> given = Optional.ofNullable(wish);
        OrganisationRef whose = organisation(user, given.flatMap(Wish::organisation));
        Optional<Integer> days = given.flatMap(Wish::days);
        retention.set(user, whose, days, clock.instant());
        LOG.infof("organisation=%s retention set to %s by %s",
                whose.name(), days.map(count -> count + " days").orElse("the default"), user.name());
        return retention.shown(user);
    }

    private OrganisationRef organisation(User user, Optional<String> name) {
        if (user.organisation().isEmpty()) {
            String given = name.filter(text -> !text.isBlank()).orElseThrow(() -> Refused.malformed("Name the organisation."));
            return new OrganisationRef(organisations.idOf(given), given);
        }
        if (name.isPresent() && !name.equals(user.organisation().map(OrganisationRef::name))) {
            throw Refused.forbidden("A tenant can change its own organisation only.");
        }
        return user.organisation().get();
    }
}
