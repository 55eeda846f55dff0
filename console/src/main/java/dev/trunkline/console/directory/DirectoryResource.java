package dev.trunkline.console.directory;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.trunkline.console.accounts.Allowed;
import dev.trunkline.console.accounts.CurrentSession;
import dev.trunkline.console.accounts.Role;
import dev.trunkline.console.directory.RouterRequests.Request;
import dev.trunkline.console.problem.Refused;
import dev.trunkline.events.codec.EventJson;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** Read access to the rest of the router's directory; answers are those of its API. */
@Path("/")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Directory", description = "The router's API, with the rights of the signed-in user.")
public class DirectoryResource {
    private static final int OK = 200;
    /** Fields of the router's explain request that users may send. */
    private static final List<String> EXPLAINED = List.of("from", "to", "trunk", "anonymous", "headers", "request_uri_user", "at");

    private final RouterRequests router;
    private final CurrentSession current;

    /** @param label from the organisation's configuration, if it has one */
    public record Organisation(String name, Optional<String> label) {}

    public DirectoryResource(RouterRequests router, CurrentSession current) {
        this.router = router;
        this.current = current;
    }

    @GET
    @Path("/organisations")
    @Allowed({Role.ADMIN, Role.TENANT, Role.DESK, Role.SUPPORT})
    @Operation(summary = "List organisations", description = "A tenant sees only its own.")
    public Response organisations() throws InterruptedException, IOException {
        Response answer = router.send(current.user(), Request.get("/organisations"));
        if (answer.getStatus() != OK) {
            return answer;
        }
        List<Organisation> names = new ArrayList<>();
        for (JsonNode one : EventJson.MAPPER.readTree((byte[]) answer.getEntity()).path("organisations")) {
            names.add(new Organisation(
                    one.path("name").asText(), Optional.of(one.path("config").path("label").asText("")).filter(text -> !text.isEmpty())));
        }
        return Response.ok(names).build();
    }

    @GET
    @Path("/trunks")
    @Allowed({Role.ADMIN, Role.SUPPORT})
    @Operation(summary = "List trunks")
    public Response trunks() throws InterruptedException {
        return router.send(current.user(), Request.get("/trunks"));
    }

    @GET
    @Path("/outbound-trunks")
    @Allowed({Role.ADMIN, Role.SUPPORT})
    @Operation(summary = "List outbound trunks")
    public Response outboundTrunks() throws InterruptedException {
        return router.send(current.user(), Request.get("/outbound-trunks"));
    }

    @GET
    @Path("/gateways")
    @Allowed({Role.ADMIN, Role.SUPPORT})
    @Operation(summary = "State of the outbound trunks")
    public Response gateways(@QueryParam("trunk") Optional<String> trunk) throws InterruptedException {
        return router.send(current.user(), Request.get("/gateways" + RouterRequests.query(Map.of("trunk", trunk))));
    }

    @GET
    @Path("/rules")
    @Allowed({Role.ADMIN, Role.TENANT, Role.SUPPORT})
    @Operation(summary = "List rules")
    public Response rules() throws InterruptedException {
        return router.send(current.user(), Request.get("/rules"));
    }

    @POST
    @Path("/routing/explain")
    @Consumes(MediaType.APPLICATION_JSON)
    @Allowed({Role.ADMIN, Role.TENANT, Role.SUPPORT})
    @Operation(summary = "What would happen to a call, and why", description = "No call is placed.")
    public Response explain(JsonNode body) throws InterruptedException {
        if (body == null || !body.isObject()) {
            throw Refused.malformed("Write {\"from\": \"0470 12 34 56\", \"to\": \"02 555 01 00\"}, and trunk if you know it.");
        }
        // Webhooks are not called from here, because to a webhook this request would be a call.
        ObjectNode question = ((ObjectNode) body).retain(EXPLAINED);
        return router.send(current.user(), Request.ask("/routing/explain", question.toString().getBytes(StandardCharsets.UTF_8)));
    }
}
