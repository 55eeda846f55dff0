package dev.trunkline.console.demo;

import dev.trunkline.console.accounts.Allowed;
import dev.trunkline.console.accounts.CurrentSession;
import dev.trunkline.console.accounts.Role;
import dev.trunkline.console.problem.Refused;
import io.smallrye.common.annotation.Blocking;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.sql.SQLException;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.logging.Logger;

/** The invented history of the demo. */
@Path("/demo")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Demo history", description = "Invented calls, marked kind=demo, for people who look at the pages for the first time.")
public class DemoResource {
    private static final Logger LOG = Logger.getLogger(DemoResource.class);

    private final DemoHistory history;
    private final CurrentSession current;

    /** @param calls invented calls that the user sees */
    public record Shown(long calls) {}

    public DemoResource(DemoHistory history, CurrentSession current) {
        this.history = history;
        this.current = current;
    }

    @GET
    @Allowed({Role.ADMIN, Role.TENANT, Role.DESK, Role.SUPPORT})
    @Operation(summary = "Count the invented calls")
    @Blocking
    public Shown read() throws SQLException {
        return new Shown(history.calls(current.user()));
    }

    @DELETE
    @Allowed({Role.ADMIN, Role.TENANT})
    @Operation(summary = "Remove the invented calls", description = "Permanently. Returns how many there were.")
    @Blocking
    public Shown remove() throws SQLException {
        if (history.calls(current.user()) == 0) {
            throw Refused.unknown("There are no invented calls, or none of your organisation.");
        }
        long calls = history.remove();
        LOG.infof("%d invented calls were removed at the request of %s", calls, current.user().name());
        return new Shown(calls);
    }
}
