package dev.trunkline.router.live;

import dev.trunkline.router.auth.Authenticated;
import dev.trunkline.router.auth.CurrentPrincipal;
import dev.trunkline.router.problem.Problem;
import dev.trunkline.router.problem.Refused;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.security.SecurityRequirement;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** The current calls. */
@Path("/calls")
@Authenticated
@Produces(MediaType.APPLICATION_JSON)
@SecurityRequirement(name = "token")
@Tag(name = "Calls", description = "The calls that hold a slot at this moment, ringing or answered. An admin sees all, a tenant"
        + " those of its organisation.")
@APIResponse(responseCode = "401", ref = "Unauthorised")
@APIResponse(responseCode = "403", ref = "Forbidden")
public class LiveCallsResource {
    private final LiveCalls calls;
    private final CurrentPrincipal caller;

    public LiveCallsResource(LiveCalls calls, CurrentPrincipal caller) {
        this.calls = calls;
        this.caller = caller;
    }

    @GET
    @Path("/live")
    @Operation(
            summary = "List the live calls and count them",
            description = "Each from when the limiter lets it in to its end, and how many there are by number, organisation and"
                    + " agent pool; right within a second. Works while Postgres is away.")
    @APIResponse(responseCode = "200", description = "A page of calls, the oldest first, and the counts of all that were asked for.")
    @APIResponse(responseCode = "400", ref = "Malformed")
    @APIResponse(
            responseCode = "503",
            description = "This router has just started and has not read which calls are live yet. Try again in a second.",
            content = @Content(mediaType = Problem.MEDIA_TYPE, schema = @Schema(ref = "Problem")))
    public LivePage live(
            @Parameter(description = "Only those of this organisation, by name.") @QueryParam("organisation") Optional<String> organisation,
            @Parameter(description = "Only those to this number, as the calls have it.") @QueryParam("number") Optional<String> number,
            @Parameter(description = "Begin after this call: the `next` of the page before.") @QueryParam("after") Optional<String> after,
            @Parameter(description = "Most calls of a page, 1 to 1000; 100 without it.") @QueryParam("limit") Optional<String> limit) {
        return calls.page(caller.get(), LiveFilter.of(organisation, number, after, limit))
                .orElseThrow(() -> Refused.unavailable("This router has not read to its end yet which calls are live: try again in a"
                        + " second. If that stays so, look whether Kafka has the topic live-calls and answers."));
    }
}
