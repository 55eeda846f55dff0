package dev.trunkline.console.history;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.trunkline.console.accounts.Allowed;
import dev.trunkline.console.accounts.CurrentSession;
import dev.trunkline.console.accounts.Role;
import dev.trunkline.console.calls.CallIds;
import dev.trunkline.console.live.LiveBoard;
import dev.trunkline.console.problem.Refused;
import dev.trunkline.events.CallId;
import io.smallrye.common.annotation.Blocking;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.sql.SQLException;
import java.time.Clock;
import java.util.Optional;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** One finished call; its notes are available while it is ongoing too. */
@Path("/calls/{id}")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "History")
public class CallResource {
    private static final int LONGEST_NOTE = 4_000;

    private final History history;
    private final LiveBoard board;
    private final CurrentSession current;
    private final Clock clock;
    private final ObjectMapper json;

    public record NewNote(Optional<String> text) {}

    public CallResource(History history, LiveBoard board, CurrentSession current, Clock clock, ObjectMapper json) {
        this.history = history;
        this.board = board;
        this.current = current;
        this.clock = clock;
        this.json = json;
    }

    @GET
    @Allowed({Role.ADMIN, Role.TENANT, Role.DESK, Role.SUPPORT})
    @Operation(summary = "Read a call", description = "With its quality, its notes and the calls that were placed for its caller.")
    @Blocking
    public ObjectNode one(@PathParam("id") String id) throws SQLException {
        return history.one(current.user(), id).json(json);
    }

    @POST
    @Path("/notes")
    @Consumes(MediaType.APPLICATION_JSON)
    @Allowed({Role.ADMIN, Role.TENANT, Role.DESK})
    @Operation(summary = "Write a note", description = "About a finished call, or about an ongoing one during the conversation.")
    @Blocking
    public Response note(@PathParam("id") String id, NewNote note) throws SQLException {
        String text = Optional.ofNullable(note).flatMap(NewNote::text).map(String::strip).orElse("").replace("\0", "");
        if (text.isEmpty() || text.length() > LONGEST_NOTE) {
            throw Refused.malformed("Write {\"text\": \"…\"} with 1 to %d characters.".formatted(LONGEST_NOTE));
        }
        return Response.status(Response.Status.CREATED).entity(history.note(current.user(), noted(id), text, clock.instant())).build();
    }

    private UUID noted(String id) throws SQLException {
        Optional<CallId> live = CallIds.of(id).filter(callId -> board.find(current.user(), callId).isPresent());
        return live.isPresent() ? live.get().value() : history.one(current.user(), id).call().callId();
    }
}
