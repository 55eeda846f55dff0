package dev.trunkline.console.ladder;

import dev.trunkline.console.accounts.Allowed;
import dev.trunkline.console.accounts.CurrentSession;
import dev.trunkline.console.accounts.Role;
import dev.trunkline.console.calls.CallIds;
import dev.trunkline.console.problem.Refused;
import dev.trunkline.console.trace.Traces;
import dev.trunkline.events.CallId;
import dev.trunkline.events.CallMessage;
import io.smallrye.common.annotation.Blocking;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.sql.SQLException;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** The SIP messages of a call. */
@Path("/calls/{id}/messages")
@Tag(name = "Trace")
public class LadderResource {
    private final MessageTables messages;
    private final Traces traces;
    private final CurrentSession current;

    /** @param messages in chronological order */
    public record Shown(List<Ladder.Rung> messages) {}

    public LadderResource(MessageTables messages, Traces traces, CurrentSession current) {
        this.messages = messages;
        this.traces = traces;
        this.current = current;
    }

    @GET
    @Produces(MediaType.APPLICATION_JSON)
    @Allowed({Role.ADMIN, Role.TENANT, Role.SUPPORT})
    @Operation(
            summary = "The SIP messages of a call",
            description = "Numbers are masked; names, credentials and keys are left out. There are none if the edges do not record them,"
                    + " or if the call was too long ago.")
    @Blocking
    public Shown read(@PathParam("id") String id) throws SQLException {
        return new Shown(Ladder.of(of(id)));
    }

    @GET
    @Path("/text")
    @Produces(MediaType.TEXT_PLAIN)
    @Allowed({Role.ADMIN, Role.TENANT, Role.SUPPORT})
    @Operation(summary = "The SIP messages of a call as text")
    @Blocking
    public Response text(@PathParam("id") String id) throws SQLException {
        return file(Ladder.text(of(id)), "text/plain; charset=utf-8", id + ".txt");
    }

    @GET
    @Path("/pcap")
    @Produces("application/vnd.tcpdump.pcap")
    @Allowed({Role.ADMIN, Role.TENANT, Role.SUPPORT})
    @Operation(summary = "The SIP messages of a call as a capture",
            description = "For Wireshark. Each message is a UDP datagram, even if it was sent over TCP or TLS.")
    @Blocking
    public Response pcap(@PathParam("id") String id) throws SQLException {
        return file(Pcap.of(of(id)), "application/vnd.tcpdump.pcap", id + ".pcap");
    }

    /** Returns the messages of a call that the user sees. */
    private List<CallMessage> of(String id) throws SQLException {
        CallId call = CallIds.of(id).orElseThrow(() -> Refused.unknown("This is not the id of a call."));
        traces.of(current.user(), call);
        return messages.of(call);
    }

    private static Response file(Object content, String type, String name) {
        return Response.ok(content).header(HttpHeaders.CONTENT_TYPE, type)
                .header(HttpHeaders.CONTENT_DISPOSITION, "attachment; filename=\"" + name + "\"").build();
    }
}
