package dev.trunkline.router.messages;

import dev.trunkline.router.auth.Authenticated;
import dev.trunkline.router.auth.CurrentPrincipal;
import dev.trunkline.router.auth.Principal;
import dev.trunkline.router.problem.Refused;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.security.SecurityRequirement;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.logging.Logger;

/** The messages that callers left on an organisation's voicemail. */
@Path("/messages")
@Authenticated
@Produces(MediaType.APPLICATION_JSON)
@SecurityRequirement(name = "token")
@Tag(name = "Messages", description = "Messages that callers left on an organisation's voicemail. Only the organisation can hear them,"
        + " not an admin's token.")
@APIResponse(responseCode = "401", ref = "Unauthorised")
@APIResponse(responseCode = "403", ref = "Forbidden")
@APIResponse(responseCode = "503", ref = "Unavailable")
public class MessagesResource {
    private static final Logger LOG = Logger.getLogger(MessagesResource.class);

    private final Messages messages;
    private final CurrentPrincipal caller;

    public MessagesResource(Messages messages, CurrentPrincipal caller) {
        this.messages = messages;
        this.caller = caller;
    }

    @GET
    @Operation(summary = "List messages", description = "The oldest first, 1,000 at most, without their audio.")
    @APIResponse(responseCode = "200", description = "Messages.")
    public Map<String, List<MessageView>> list() {
        return Map.of("messages", messages.list(tenant()));
    }

    @GET
    @Path("/accesses")
    @Operation(summary = "List who heard or deleted messages", description = "The latest first, 200 at most.")
    @APIResponse(responseCode = "200", description = "The accesses.")
    public Map<String, List<MessageAccess>> accesses() throws SQLException {
        return Map.of("accesses", messages.accesses(tenant()));
    }

    @GET
    @Path("/{id}")
    @Produces("audio/wav")
    @Operation(summary = "Hear a message", description = "WAV, 16-bit PCM, one channel. The access is recorded.")
    @APIResponse(responseCode = "200", description = "The file.")
    @APIResponse(responseCode = "404", ref = "Unknown")
    public Response fetch(@PathParam("id") String id) throws SQLException {
        Principal.Tenant tenant = tenant();
        byte[] wav = messages.fetch(tenant, id(id));
        LOG.infof("message %s heard by %s", id(id), tenant.subject());
        return Response.ok(wav).type("audio/wav").header(HttpHeaders.CACHE_CONTROL, "no-store").build();
    }

    @DELETE
    @Path("/{id}")
    @Operation(summary = "Delete a message", description = "The deletion is recorded, with its actor.")
    @APIResponse(responseCode = "204", description = "The message was deleted.")
    @APIResponse(responseCode = "404", ref = "Unknown")
    public void delete(@PathParam("id") String id) throws SQLException {
        Principal.Tenant tenant = tenant();
        messages.delete(tenant, id(id));
        LOG.infof("message %s deleted by %s", id(id), tenant.subject());
    }

    private static UUID id(String text) {
        try {
            return UUID.fromString(text);
        } catch (IllegalArgumentException e) {
            throw Refused.unknown("A message's id is a UUID; GET /messages lists them.");
        }
    }

    private Principal.Tenant tenant() {
        if (caller.get() instanceof Principal.Tenant tenant) {
            return tenant;
        }
        throw Refused.forbidden("Messages belong to their organisation: use a token of the organisation.");
    }
}
