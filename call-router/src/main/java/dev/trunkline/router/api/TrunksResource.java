package dev.trunkline.router.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
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
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.ExampleObject;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.security.SecurityRequirement;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** The inbound trunks. */
@Path("/trunks")
@AdminOnly
@Produces(MediaType.APPLICATION_JSON)
@SecurityRequirement(name = "token")
@Tag(name = "Trunks", description = "Where calls come from. For admins.")
@APIResponse(responseCode = "401", ref = "Unauthorised")
@APIResponse(responseCode = "403", ref = "Forbidden")
@APIResponse(responseCode = "503", ref = "Unavailable")
public class TrunksResource {
    private static final String KIND = "trunks";

    private final Items items;
    private final CurrentPrincipal caller;

    public TrunksResource(Items items, CurrentPrincipal caller) {
        this.items = items;
        this.caller = caller;
    }

    @GET
    @Operation(summary = "List trunks", description = "Users that may authenticate are shown with name and realm, without digests.")
    @APIResponse(responseCode = "200", description = "All trunks, ordered by name.")
    public Map<String, List<ObjectNode>> list() throws SQLException {
        return Map.of(KIND, items.all(KIND).map(TrunksResource::shown).toList());
    }

    @GET
    @Path("/{name}")
    @Operation(summary = "Read a trunk", description = "As in a directory file, without the users' digests.")
    @APIResponse(responseCode = "200", description = "The trunk.")
    @APIResponse(responseCode = "404", ref = "Unknown")
    public ObjectNode one(@PathParam("name") String name) throws SQLException {
        return shown(items.one(KIND, name));
    }

    @PUT
    @Path("/{name}")
    @Consumes(MediaType.APPLICATION_JSON)
    @Operation(
            summary = "Create or change a trunk",
            description = "The body replaces the trunk: omitted fields get their defaults. A password"
                    + " of a user is digested immediately (MD5 and SHA-256 of user:realm:password, RFC 7616), never stored and"
                    + " never shown; a user without password and digests keeps the stored ones. A trunk needs a gate:"
                    + " addresses (networks, or host names, which the edges look up), users or numbers; with addresses and users, a"
                    + " call needs both. max_invites_per_second and max_early_calls limit what an edge accepts from it."
                    + " media_from is signalling, or anywhere for a trunk whose media comes from addresses that neither its SDP nor"
                    + " its signalling names. With trial_calls the trunk's calls may be marked as tests of the suite, which no statistic"
                    + " and no bill counts. transfer_way is how its callers are transferred if neither the request nor the rule says:"
                    + " bridge, warm, refer, bridge-first or refer-first. attributes_to_headers says which attributes of the caller's"
                    + " participant become which headers (X-… or User-to-User) of a BYE or REFER from the suite.")
    @RequestBody(required = true, content = @Content(mediaType = MediaType.APPLICATION_JSON,
            schema = @Schema(type = SchemaType.OBJECT),
            examples = @ExampleObject(name = "pbx", value = "{\"addresses\": [\"203.0.113.0/24\"], \"country\": \"BE\","
                    + " \"users\": [{\"username\": \"pbx\", \"password\": \"…\"}]}")))
    @APIResponse(responseCode = "200", description = "The result.")
    @APIResponse(responseCode = "400", ref = "Malformed")
    public Written put(@PathParam("name") String name, byte[] body) throws SQLException, FaultyFileException {
        ObjectNode trunk = Bodies.object(body);
        Optional<ObjectNode> before = items.find(KIND, name);
        before.ifPresent(there -> keepDigests(there, trunk));
        return items.put(caller.get(), KIND, name, trunk);
    }

    @DELETE
    @Path("/{name}")
    @Operation(summary = "Remove a trunk", description = "Not while a rule names it.")
    @APIResponse(responseCode = "204", description = "It was removed; the edges stop using it within a second.")
    @APIResponse(responseCode = "404", ref = "Unknown")
    @APIResponse(responseCode = "409", ref = "Conflict")
    public void remove(@PathParam("name") String name) throws SQLException {
        items.remove(caller.get(), KIND, name);
    }

    /** Hides the digests, because anyone who has them can authenticate. */
    private static ObjectNode shown(ObjectNode trunk) {
        trunk.path("users").forEach(user -> ((ObjectNode) user).retain("username", "realm"));
        return trunk;
    }

    /** Keeps the stored digests, so that what GET returns can be PUT again. */
    private static void keepDigests(ObjectNode before, ObjectNode trunk) {
        if (!(trunk.get("users") instanceof ArrayNode users)) {
            return;
        }
        for (JsonNode user : users) {
            if (user instanceof ObjectNode given && !given.has("password") && !given.has("ha1_md5") && !given.has("ha1_sha256")) {
                before.path("users").valueStream()
                        .filter(known -> known.path("username").equals(given.path("username"))
                                && (!given.has("realm") || known.path("realm").equals(given.path("realm"))))
                        .findFirst()
                        .ifPresent(known -> given.setAll((ObjectNode) known));
            }
        }
    }
}
