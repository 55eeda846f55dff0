package dev.trunkline.console.trace;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.trunkline.console.accounts.Allowed;
import dev.trunkline.console.accounts.CurrentSession;
import dev.trunkline.console.accounts.Role;
import dev.trunkline.console.calls.CallIds;
import dev.trunkline.console.problem.Refused;
import io.smallrye.common.annotation.Blocking;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.sql.SQLException;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** Everything that happened to a call. */
@Path("/calls/{id}/trace")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Trace", description = "Everything that happened to a call, across the services, in the words of ./trunkline trace.")
public class TraceResource {
    private final Traces traces;
    private final CurrentSession current;
    private final ObjectMapper json;

    public TraceResource(Traces traces, CurrentSession current, ObjectMapper json) {
        this.traces = traces;
        this.current = current;
        this.json = json;
    }

    @GET
    @Allowed({Role.ADMIN, Role.TENANT, Role.DESK, Role.SUPPORT})
    @Operation(summary = "Trace a call", description = "A finished or an ongoing call; `legs` are the calls that were placed for its"
            + " caller, each with its own steps.")
    @Blocking
    public ObjectNode trace(@PathParam("id") String id) throws SQLException {
        Traces.Trace trace = traces.of(
                current.user(), CallIds.of(id).orElseThrow(() -> Refused.unknown("This is not the id of a call.")));
        ObjectNode told = json.valueToTree(trace.story());
        told.set("legs", json.valueToTree(trace.legs()));
        return told;
    }
}
