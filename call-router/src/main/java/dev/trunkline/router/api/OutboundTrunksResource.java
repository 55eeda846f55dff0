package dev.trunkline.router.api;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.trunkline.router.apply.FaultyFileException;
import dev.trunkline.router.auth.AdminOnly;
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
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.ExampleObject;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.security.SecurityRequirement;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** The outbound trunks. */
@Path("/outbound-trunks")
@AdminOnly
@Produces(MediaType.APPLICATION_JSON)
@SecurityRequirement(name = "token")
@Tag(name = "Outbound trunks", description = "The trunks for outbound calls, and their state. For admins.")
@APIResponse(responseCode = "401", ref = "Unauthorised")
@APIResponse(responseCode = "403", ref = "Forbidden")
@APIResponse(responseCode = "503", ref = "Unavailable")
public class OutboundTrunksResource {
    private static final String KIND = "outbound_trunks";
    private static final String ACCOUNT = "account";

    private final Items items;
    private final CurrentPrincipal caller;

    public OutboundTrunksResource(Items items, CurrentPrincipal caller) {
        this.items = items;
        this.caller = caller;
    }

    @GET
    @Operation(summary = "List outbound trunks", description = "An account is shown with its user name and realm only.")
    @APIResponse(responseCode = "200", description = "All outbound trunks, ordered by name.")
    public Map<String, List<ObjectNode>> list() throws SQLException {
        return Map.of(KIND, items.all(KIND).map(OutboundTrunksResource::shown).toList());
    }

    @GET
    @Path("/{name}")
    @Operation(summary = "Read an outbound trunk", description = "As in a directory file, without the account's secrets.")
    @APIResponse(responseCode = "200", description = "The trunk.")
    @APIResponse(responseCode = "404", ref = "Unknown")
    public ObjectNode one(@PathParam("name") String name) throws SQLException {
        return shown(items.one(KIND, name));
    }

    @PUT
    @Path("/{name}")
    @Consumes(MediaType.APPLICATION_JSON)
    @Operation(
            summary = "Create or change an outbound trunk",
            description = "The body replaces the trunk: omitted fields get their defaults. An account without"
                    + " password and digests keeps the stored ones, if the user is the same.")
    @RequestBody(required = true, content = @Content(mediaType = MediaType.APPLICATION_JSON,
            schema = @Schema(type = SchemaType.OBJECT),
            examples = @ExampleObject(name = "carrier", value = "{\"gateways\": [{\"host\": \"sip.carrier.example\"}],"
                    + " \"account\": {\"username\": \"4711\", \"password\": \"…\"}, \"register\": true}")))
    @APIResponse(responseCode = "200", description = "The result.")
    @APIResponse(responseCode = "400", ref = "Malformed")
    public Written put(@PathParam("name") String name, byte[] body) throws SQLException, FaultyFileException {
        ObjectNode trunk = Bodies.object(body);
        items.find(KIND, name).ifPresent(there -> keepSecrets(there, trunk));
        return items.put(caller.get(), KIND, name, trunk);
    }

    @DELETE
    @Path("/{name}")
    @Operation(summary = "Remove an outbound trunk")
    @APIResponse(responseCode = "204", description = "It was removed; the edges stop using it within a second.")
    @APIResponse(responseCode = "404", ref = "Unknown")
    public void remove(@PathParam("name") String name) throws SQLException {
        items.remove(caller.get(), KIND, name);
    }

    /** Hides the password, because anyone who has it makes calls at the trunk's expense. */
    private static ObjectNode shown(ObjectNode trunk) {
        if (trunk.get(ACCOUNT) instanceof ObjectNode account) {
            account.retain("username", "realm");
        }
        return trunk;
    }

    /** Keeps the stored secrets, so that what GET returns can be PUT again. */
    private static void keepSecrets(ObjectNode before, ObjectNode trunk) {
        if (trunk.get(ACCOUNT) instanceof ObjectNode given && before.get(ACCOUNT) instanceof ObjectNode known
                && !given.has("password") && !given.has("ha1_md5") && !given.has("ha1_sha256")
                && known.path("username").equals(given.path("username"))
                && (!given.has("realm") || known.path("realm").equals(given.path("realm")))) {
            given.setAll(known);
        }
    }
}
