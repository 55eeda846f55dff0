package dev.trunkline.router.api;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.trunkline.router.apply.FaultyFileException;
import dev.trunkline.router.auth.AdminOnly;
import dev.trunkline.router.auth.Authenticated;
import dev.trunkline.router.auth.CurrentPrincipal;
import dev.trunkline.router.problem.Refused;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.ExampleObject;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.security.SecurityRequirement;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** The organisations, to which numbers belong. */
@Path("/organisations")
@Produces(MediaType.APPLICATION_JSON)
@SecurityRequirement(name = "token")
@Tag(name = "Organisations", description = "The owners of numbers, and how they run their agents. An admin writes them; a"
        + " tenant reads its own.")
@APIResponse(responseCode = "401", ref = "Unauthorised")
@APIResponse(responseCode = "403", ref = "Forbidden")
@APIResponse(responseCode = "503", ref = "Unavailable")
public class OrganisationsResource {
    private static final String KIND = "organisations";

    private final Items items;
    private final AgentInstances instances;
    private final TenantView view;
    private final CurrentPrincipal caller;

    public OrganisationsResource(Items items, AgentInstances instances, TenantView view, CurrentPrincipal caller) {
        this.items = items;
        this.instances = instances;
        this.view = view;
        this.caller = caller;
    }

    @GET
    @Authenticated
    @Operation(summary = "List organisations", description = "For an admin: all. For a tenant: its own.")
    @APIResponse(responseCode = "200", description = "Organisations, ordered by name.")
    public Map<String, List<ObjectNode>> list() throws SQLException {
        Predicate<String> visible = view.organisations(caller.get());
        return Map.of(KIND, items.all(KIND)
                .filter(organisation -> visible.test(organisation.path("name").asText()))
                .map(this::shown)
                .toList());
    }

    @GET
    @Path("/{name}")
    @Authenticated
    @Operation(summary = "Read an organisation", description = "Without its numbers: GET /numbers?organisation=… lists them.")
    @APIResponse(responseCode = "200", description = "The organisation.")
    @APIResponse(responseCode = "404", ref = "Unknown")
    public ObjectNode one(@PathParam("name") String name) throws SQLException {
        return shown(visible(name));
    }

    @PUT
    @Path("/{name}")
    @AdminOnly
    @Consumes(MediaType.APPLICATION_JSON)
    @Operation(
            summary = "Create or change an organisation",
            description = "For admins. The body replaces the organisation: omitted fields get their defaults. Its"
                    + " numbers and agent instances stay as they are.")
    @RequestBody(required = true, content = @Content(mediaType = MediaType.APPLICATION_JSON,
            schema = @Schema(type = SchemaType.OBJECT),
            examples = @ExampleObject(name = "demo", value = "{\"config\": {\"language\": \"en\"}, \"max_concurrent_calls\": 20,"
                    + " \"caller_rate\": {\"calls\": 10, \"window_seconds\": 3600}}")))
    @APIResponse(responseCode = "200", description = "The result.")
    @APIResponse(responseCode = "400", ref = "Malformed")
    public Written put(@PathParam("name") String name, byte[] body) throws SQLException, FaultyFileException {
        ObjectNode organisation = Bodies.object(body);
        if (organisation.has("numbers")) {
            throw Refused.malformed("Numbers are assigned by POST /numbers/{number}/assign: leave numbers out.");
        }
        if (organisation.has("agent_instances")) {
            throw Refused.malformed(
                    "Agent instances are written by PUT /organisations/{name}/agent-instances/{instance}: leave agent_instances out.");
        }
        return items.put(caller.get(), KIND, name, organisation);
    }

    @DELETE
    @Path("/{name}")
    @AdminOnly
    @Operation(summary = "Remove an organisation", description = "For admins. Not while it has numbers, agent instances or rules.")
    @APIResponse(responseCode = "204", description = "It was removed.")
    @APIResponse(responseCode = "404", ref = "Unknown")
    @APIResponse(responseCode = "409", ref = "Conflict")
    public void remove(@PathParam("name") String name) throws SQLException {
        items.remove(caller.get(), KIND, name);
    }

    @GET
    @Path("/{name}/agent-instances")
    @Authenticated
    @Operation(
            summary = "List an organisation's agent instances",
            description = "Each is a configuration that numbers share, layered between the organisation's and the number's.")
    @APIResponse(responseCode = "200", description = "Agent instances, ordered by name.")
    @APIResponse(responseCode = "404", ref = "Unknown")
    public Map<String, List<ObjectNode>> agentInstances(@PathParam("name") String name) throws SQLException {
        return Map.of("agent_instances", AgentInstances.of(visible(name)).toList());
    }

    @GET
    @Path("/{name}/agent-instances/{instance}")
    @Authenticated
    @Operation(summary = "Read an agent instance", description = "Its name and configuration.")
    @APIResponse(responseCode = "200", description = "The agent instance.")
    @APIResponse(responseCode = "404", ref = "Unknown")
    public ObjectNode agentInstance(@PathParam("name") String name, @PathParam("instance") String instance)
            throws SQLException {
        return AgentInstances.of(visible(name))
                .filter(item -> Items.named(item, instance))
                .findFirst()
                .orElseThrow(() -> Items.unknown("agent instances", instance));
    }

    @PUT
    @Path("/{name}/agent-instances/{instance}")
    @AdminOnly
    @Consumes(MediaType.APPLICATION_JSON)
    @Operation(summary = "Create or change an agent instance", description = "For admins. Applies to calls that begin from now on.")
    @RequestBody(required = true, content = @Content(mediaType = MediaType.APPLICATION_JSON,
            schema = @Schema(type = SchemaType.OBJECT),
            examples = @ExampleObject(name = "orders", value = "{\"config\": {\"prompt\": \"You take orders.\"}}")))
    @APIResponse(responseCode = "200", description = "The result.")
    @APIResponse(responseCode = "400", ref = "Malformed")
    @APIResponse(responseCode = "404", ref = "Unknown")
    public Written putAgentInstance(
            @PathParam("name") String name, @PathParam("instance") String instance, byte[] body)
            throws SQLException, FaultyFileException {
        return instances.put(caller.get(), visible(name), instance, Bodies.object(body));
    }

    @DELETE
    @Path("/{name}/agent-instances/{instance}")
    @AdminOnly
    @Operation(summary = "Remove an agent instance", description = "For admins. Not while a number uses it.")
    @APIResponse(responseCode = "204", description = "It was removed.")
    @APIResponse(responseCode = "404", ref = "Unknown")
    @APIResponse(responseCode = "409", ref = "Conflict")
    public void removeAgentInstance(@PathParam("name") String name, @PathParam("instance") String instance)
            throws SQLException {
        instances.remove(caller.get(), name, instance);
    }

    private ObjectNode visible(String name) throws SQLException {
        if (!view.organisations(caller.get()).test(name)) {
            throw Items.unknown(KIND, name);
        }
        return items.one(KIND, name);
    }

    private ObjectNode shown(ObjectNode organisation) {
        return TenantView.shown(caller.get(), organisation.deepCopy().without(List.of("numbers", "agent_instances")));
    }
}
