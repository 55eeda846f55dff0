package dev.trunkline.console.desk;

import dev.trunkline.console.accounts.Allowed;
import dev.trunkline.console.accounts.CurrentSession;
import dev.trunkline.console.accounts.Role;
import dev.trunkline.console.live.LiveTopics;
import dev.trunkline.console.problem.Refused;
import io.smallrye.common.annotation.Blocking;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.CacheControl;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.sql.SQLException;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.logging.Logger;

/** Calls that people answer in the browser. */
@Path("/desk")
@Produces(MediaType.APPLICATION_JSON)
@Tag(
        name = "Desk",
        description = "Calls of rules of type desk, which people answer in the browser. The stream of live calls reports changes.")
public class DeskResource {
    private static final Logger LOG = Logger.getLogger(DeskResource.class);

    private final Desk desk;
    private final LiveTopics topics;
    private final CurrentSession current;

    /** @param on whether calls can be taken, that is, whether LiveKit is configured */
    public record Shown(boolean on, List<DeskView> calls) {}

    public DeskResource(Desk desk, LiveTopics topics, CurrentSession current) {
        this.desk = desk;
        this.topics = topics;
        this.current = current;
    }

    @GET
    @Allowed({Role.ADMIN, Role.TENANT, Role.DESK, Role.SUPPORT})
    @Operation(summary = "List waiting calls", description = "With the person who has taken each, and the calls that the user has.")
    @Blocking
    public Shown list() throws SQLException {
        if (!topics.reading()) {
            throw Desk.notKnown();
        }
        return new Shown(desk.on(), desk.list(current.user()));
    }

    @POST
    @Path("/calls/{id}/take")
    @Allowed({Role.ADMIN, Role.TENANT, Role.DESK})
    @Operation(
            summary = "Take a call",
            description = "Returns LiveKit's address and a token for the call's room, valid for two minutes, with which a browser"
                    + " joins; the phone is answered when it does. The same person may take the call again for a new token."
                    + " Not with an API key: a person answers.")
    @APIResponse(responseCode = "200", description = "Address and token.")
    @APIResponse(responseCode = "404", description = "There is no such call at a desk.")
    @APIResponse(responseCode = "409", description = "Somebody else has it; `detail` says who.")
    @Blocking
    public Response take(@PathParam("id") String id) throws SQLException {
        requirePerson();
        Desk.Ticket ticket = desk.take(current.user(), id, topics.reading());
        LOG.infof("call=%s taken by %s", ticket.callId(), current.user().name());
        return once(ticket);
    }

    @POST
    @Path("/calls/{id}/listen")
    @Allowed({Role.ADMIN, Role.TENANT})
    @Operation(
            summary = "Listen in to a call",
            description = "For any answered call: returns LiveKit's address and a token for its room, valid for two minutes, to hear"
                    + " everybody there unseen. Not with an API key.")
    @APIResponse(responseCode = "200", description = "Address and token.")
    @APIResponse(responseCode = "404", description = "There is no such call.")
    @APIResponse(responseCode = "409", description = "The call is still ringing.")
    @Blocking
    public Response listen(@PathParam("id") String id) {
        return supervise(id, false);
    }

    @POST
    @Path("/calls/{id}/whisper")
    @Allowed({Role.ADMIN, Role.TENANT})
    @Operation(
            summary = "Whisper in a call",
            description = "Like listening in, except that the participants in the room hear and see the person who whispers. The browser"
                    + " publishes the microphone as a track named trunkline.whisper, which no phone hears.")
    @APIResponse(responseCode = "200", description = "Address and token.")
    @APIResponse(responseCode = "404", description = "There is no such call.")
    @APIResponse(responseCode = "409", description = "The call is still ringing.")
    @Blocking
    public Response whisper(@PathParam("id") String id) {
        return supervise(id, true);
    }

    private Response supervise(String id, boolean whispers) {
        requirePerson();
        Desk.Ticket ticket = desk.supervise(current.user(), id, whispers, topics.reading());
        LOG.infof("call=%s %s by %s", ticket.callId(), whispers ? "whispered in" : "listened in to", current.user().name());
        return once(ticket);
    }

    private static Response once(Desk.Ticket ticket) {
        var once = new CacheControl();
        once.setNoStore(true);
        return Response.ok(ticket).cacheControl(once).build();
    }

    @DELETE
    @Path("/calls/{id}/take")
    @Allowed({Role.ADMIN, Role.TENANT, Role.DESK})
    @Operation(summary = "Release a call", description = "It waits again until somebody takes it.")
    @Blocking
    public void letGo(@PathParam("id") String id) throws SQLException {
        requirePerson();
        desk.letGo(current.user(), id);
        LOG.infof("call=%s released by %s", id, current.user().name());
    }

    private void requirePerson() {
        if (current.byKey()) {
            throw Refused.forbidden("Only a person can answer calls or listen in to them: sign in; an API key is not enough.");
        }
    }
}
