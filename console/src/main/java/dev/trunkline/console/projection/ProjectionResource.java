package dev.trunkline.console.projection;

import dev.trunkline.console.accounts.Allowed;
import dev.trunkline.console.accounts.CurrentSession;
import dev.trunkline.console.accounts.Role;
import dev.trunkline.console.problem.Refused;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.logging.Logger;

/** The state of the projection, and rebuilding it. */
@Path("/projection")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Projection", description = "History and analytics are built from the events on Kafka, and can be rebuilt.")
public class ProjectionResource {
    private static final Logger LOG = Logger.getLogger(ProjectionResource.class);

    private final Rebuild rebuild;
    private final ProjectionTables tables;
    private final CurrentSession current;

    /** @param builtAt when it was last rebuilt completely */
    public record Shown(Optional<Instant> builtAt, Rebuild.State rebuild) {}

    public ProjectionResource(Rebuild rebuild, ProjectionTables tables, CurrentSession current) {
        this.rebuild = rebuild;
        this.tables = tables;
        this.current = current;
    }

    @GET
    @Allowed(Role.ADMIN)
    @Operation(summary = "State of the projection")
    public Shown read() throws SQLException {
        return new Shown(tables.builtAt(), rebuild.state());
    }

    @POST
    @Path("/rebuild")
    @Allowed(Role.ADMIN)
    @Operation(summary = "Rebuild the projection from Kafka", description = "Calls that Kafka no longer has, and notes, stay.")
    public Response rebuild() {
        if (!rebuild.begin()) {
            throw Refused.conflict("The projection is already being rebuilt: GET /api/v1/projection shows the progress.");
        }
        LOG.infof("the projection is being rebuilt at the request of %s", current.user().name());
        return Response.accepted(rebuild.state()).build();
    }
}
