package dev.trunkline.router.gateways;

import dev.trunkline.router.auth.AdminOnly;
import dev.trunkline.router.problem.Problem;
import dev.trunkline.router.problem.Refused;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.security.SecurityRequirement;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** Which gateways are up, and which trunks are registered. */
@Path("/gateways")
@AdminOnly
@Produces(MediaType.APPLICATION_JSON)
@SecurityRequirement(name = "token")
@Tag(name = "Outbound trunks")
@APIResponse(responseCode = "401", ref = "Unauthorised")
@APIResponse(responseCode = "403", ref = "Forbidden")
public class GatewaysResource {
    private final StateTable table;
    private final StateTopic topic;
    private final Clock clock;

    public GatewaysResource(StateTable table, StateTopic topic, Clock clock) {
        this.table = table;
        this.topic = topic;
        this.clock = clock;
    }

    @GET
    @Operation(
            summary = "Show the state of outbound trunks",
            description = "Each trunk as each edge sees it: whether its gateways answer OPTIONS and, for the edge that registers it, until"
                    + " when it is registered or why it is not. Read from Kafka; works while Postgres is unavailable.")
    @APIResponse(responseCode = "200", description = "By trunk, then by edge.")
    @APIResponse(
            responseCode = "503",
            description = "This router has just started and has not read the states yet. Try again in a second.",
            content = @Content(mediaType = Problem.MEDIA_TYPE, schema = @Schema(ref = "Problem")))
    public GatewaysPage all(
            @Parameter(description = "Only this trunk, by name.") @QueryParam("trunk") Optional<String> trunk) {
        if (!topic.begun()) {
            throw Refused.unavailable("This router has not read the states of the trunks yet: try again in a second. If that persists,"
                    + " check whether Kafka answers and has the topic outbound-states.");
        }
        Instant now = clock.instant();
        return new GatewaysPage(table.all().stream()
                .filter(state -> trunk.isEmpty() || trunk.get().equals(state.trunk().name()))
                .map(state -> GatewaysPage.Standing.of(state, now))
                .toList());
    }
}
