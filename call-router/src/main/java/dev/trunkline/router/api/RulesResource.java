package dev.trunkline.router.api;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.trunkline.router.apply.FaultyFileException;
import dev.trunkline.router.auth.AdminOnly;
import dev.trunkline.router.auth.Authenticated;
import dev.trunkline.router.auth.CurrentPrincipal;
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

/** The dispatch rules. */
@Path("/rules")
@Produces(MediaType.APPLICATION_JSON)
@SecurityRequirement(name = "token")
@Tag(name = "Rules", description = "Where calls go. An admin writes them; a tenant reads those of its organisation.")
@APIResponse(responseCode = "401", ref = "Unauthorised")
@APIResponse(responseCode = "403", ref = "Forbidden")
@APIResponse(responseCode = "503", ref = "Unavailable")
public class RulesResource {
    private static final String KIND = "rules";

    private final Items items;
    private final TenantView view;
    private final CurrentPrincipal caller;

    public RulesResource(Items items, TenantView view, CurrentPrincipal caller) {
        this.items = items;
        this.view = view;
        this.caller = caller;
    }

    @GET
    @Authenticated
    @Operation(summary = "List rules", description = "For an admin: all. For a tenant: those of its organisation, without webhook secrets.")
    @APIResponse(responseCode = "200", description = "Rules, ordered by name.")
    public Map<String, List<ObjectNode>> list() throws SQLException {
        Predicate<String> visible = view.rules(caller.get());
        return Map.of(KIND, items.all(KIND)
                .filter(rule -> visible.test(rule.path("name").asText()))
                .map(rule -> TenantView.shown(caller.get(), rule))
                .toList());
    }

    @GET
    @Path("/{name}")
    @Authenticated
    @Operation(summary = "Read a rule", description = "As in a directory file.")
    @APIResponse(responseCode = "200", description = "The rule.")
    @APIResponse(responseCode = "404", ref = "Unknown")
    public ObjectNode one(@PathParam("name") String name) throws SQLException {
        if (!view.rules(caller.get()).test(name)) {
            throw Items.unknown(KIND, name);
        }
        return TenantView.shown(caller.get(), items.one(KIND, name));
    }

    @PUT
    @Path("/{name}")
    @AdminOnly
    @Consumes(MediaType.APPLICATION_JSON)
    @Operation(
            summary = "Create or change a rule",
            description = "For admins. The body replaces the rule: omitted fields get their defaults."
                    + " `warnings` names each rule that would take some of the same calls without an explicit order, with an example call;"
                    + " `inbound_numbers` that are called here (the field is for callers); numbers that nobody has; and each rule of"
                    + " another organisation that can lead to the same room. A rule of type webhook may say in `allowed_rooms` and"
                    + " `allowed_agents` what its webhook may name: names, or the beginning of names and a star; without them, rooms"
                    + " that begin with the organisation's name and a minus, and the agents of the rule and its fallback. `when_agent_leaves` is replace (the default), hang_up or stay; `wait_for` is"
                    + " published-or-listening (the default) or listening; `transfer_way` is bridge, warm, refer, bridge-first or"
                    + " refer-first, for transfers that do not say; `forward_to`"
                    + " of the type forward is a number, a SIP URI, or a list of these, with `to`, `trunk`, `ring_seconds` and `headers`;"
                    + " `warm` is the number of rooms in which the agents of a rule of the type individual wait for callers (0 by"
                    + " default).")
    @RequestBody(required = true, content = @Content(mediaType = MediaType.APPLICATION_JSON,
            schema = @Schema(type = SchemaType.OBJECT),
            examples = @ExampleObject(name = "individual", value = "{\"organisation\": \"demo\", \"trunks\": [\"demo\"],"
                    + " \"numbers\": [\"+3225550100\"], \"type\": \"individual\", \"room_prefix\": \"orders\","
                    + " \"agents\": [{\"name\": \"order-agent\"}]}")))
    @APIResponse(responseCode = "200", description = "The result.")
    @APIResponse(responseCode = "400", ref = "Malformed")
    public Written put(@PathParam("name") String name, byte[] body) throws SQLException, FaultyFileException {
        return items.put(caller.get(), KIND, name, Bodies.object(body));
    }

    @DELETE
    @Path("/{name}")
    @AdminOnly
    @Operation(summary = "Remove a rule", description = "For admins. Calls in progress are not touched.")
    @APIResponse(responseCode = "204", description = "It was removed.")
    @APIResponse(responseCode = "404", ref = "Unknown")
    public void remove(@PathParam("name") String name) throws SQLException {
        items.remove(caller.get(), KIND, name);
    }
}
