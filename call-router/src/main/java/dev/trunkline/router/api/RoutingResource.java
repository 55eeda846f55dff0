package dev.trunkline.router.api;

import com.fasterxml.jackson.databind.JsonNode;
import dev.trunkline.events.CallId;
import dev.trunkline.events.Caller;
import dev.trunkline.events.codec.EventJson;
import dev.trunkline.router.directory.Directory;
import dev.trunkline.router.directory.TrunkView;
import dev.trunkline.router.auth.AdminOnly;
import dev.trunkline.router.problem.Problem;
import dev.trunkline.router.routing.Call;
import dev.trunkline.router.routing.RoomNames;
import dev.trunkline.router.routing.Routing;
import dev.trunkline.router.routing.SuiteDefaults;
import dev.trunkline.router.snapshot.CurrentDirectory;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.io.IOException;
import java.time.Clock;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** Explains the decision on a call that has not happened. The caller's number stays in memory and is not answered. */
@Path("/routing")
@AdminOnly
public class RoutingResource {
    private static final String WHAT_TO_WRITE =
            "Write {\"from\": \"+32470123456\", \"to\": \"+3225550100\", \"trunk\": \"demo\"}; without from, or with"
                    + " \"anonymous\", the caller withholds the number.";
    /** Stands where a room name has the beginning of a real caller's pseudonym. */
    private static final String CALLER = "<caller>";

    private final CurrentDirectory directory;
    private final Clock clock;
    private final Routing routing;

    public RoutingResource(CurrentDirectory directory, SuiteDefaults suite, Clock clock) {
        this.directory = directory;
        this.clock = clock;
        this.routing = new Routing(suite, new RoomNames(call -> "<random>"));
    }

    @POST
    @Path("/explain")
    @Consumes(MediaType.WILDCARD)
    @Produces(MediaType.APPLICATION_JSON)
    public Response explain(byte[] body) {
        Optional<JsonNode> question = parse(body);
        Optional<String> to = question.flatMap(node -> text(node, "to"));
        Optional<String> trunkName = question.flatMap(node -> text(node, "trunk"));
        if (to.isEmpty() || trunkName.isEmpty()) {
            return Problem.response(Response.Status.BAD_REQUEST, WHAT_TO_WRITE);
        }
        Directory now = directory.get().orElseGet(Directory::empty);
        Optional<TrunkView> trunk = now.trunkNamed(trunkName.get());
        if (trunk.isEmpty()) {
            return Problem.response(
                    Response.Status.NOT_FOUND, "There is no trunk " + trunkName.get() + "; GET /directory lists them.");
        }
        Optional<String> from = question.flatMap(node -> text(node, "from"));
        Call call = call(trunk.get(), from.filter(text -> !text.equalsIgnoreCase("anonymous")), to.get());
        return Response.ok(Explanation.of(routing.explain(call, now), now.version())).build();
    }

    private Call call(TrunkView trunk, Optional<String> from, String to) {
        return new Call(
                new CallId(new UUID(0, 0)),
                trunk.trunk().forEdge().ref(),
                to,
                trunk.plan().normalise(to).text(),
                new Caller(CALLER, from.isEmpty()),
                from.map(text -> trunk.plan().normalise(text).text()),
                Map.of(),
                Optional.empty(),
                clock.instant());
    }

    private static Optional<JsonNode> parse(byte[] body) {
        try {
            return Optional.ofNullable(EventJson.MAPPER.readTree(body)).filter(JsonNode::isObject);
        } catch (IOException e) {
            // The answer says what to write; the parser's message would quote the caller's number.
            return Optional.empty();
        }
    }

    private static Optional<String> text(JsonNode node, String field) {
        return Optional.ofNullable(node.get(field))
                .filter(JsonNode::isTextual)
                .map(JsonNode::textValue)
                .map(String::strip)
                .filter(text -> !text.isEmpty());
    }
}
