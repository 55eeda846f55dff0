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
            description = "Each call from its admission by the limiter to its end, and the counts by number, organisation and"
                    + " agent pool; accurate within a second. Works while Postgres is unavailable.")
    @APIResponse(responseCode = "200", description = "A page of calls, the oldest first, and the counts of all calls that match.")
    @APIResponse(responseCode = "400", ref = "Malformed")
    @APIResponse(
            responseCode = "503",
            description = "This router has just started and has not read the live calls yet. Try again in a second.",
            content = @Content(mediaType = Problem.MEDIA_TYPE, schema = @Schema(ref = "Problem")))
    public LivePage live(
            @Parameter(description = "Only those of this organisation, by name.") @QueryParam("organisation") Optional<String> organisation,
            @Parameter(description = "Only those to this number, as it appears in the calls.") @QueryParam("number")
            Optional<String> number,
            @Parameter(description = "Begin after this call: the `next` of the previous page.") @QueryParam("after") Optional<String> after,
            @Parameter(description = "Maximum calls per page, 1 to 1000; 100 by default.") @QueryParam("limit") Optional<String> limit) {
        return calls.page(caller.get(), LiveFilter.of(organisation, number, after, limit))
                .orElseThrow(() -> Refused.unavailable("This router has not read all live calls yet: try again in a second. If that"
                        + " persists, check whether Kafka answers and has the topic live-calls."));
    }
}
