package dev.trunkline.router.api;

import dev.trunkline.router.auth.Authenticated;
import dev.trunkline.router.auth.CurrentPrincipal;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.ExampleObject;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.security.SecurityRequirement;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** Explains the decision on a hypothetical call. The caller's number stays in memory and is not returned. */
@Path("/routing")
@Authenticated
@Produces(MediaType.APPLICATION_JSON)
@SecurityRequirement(name = "token")
@Tag(name = "Routing", description = "Why calls go where they go.")
@APIResponse(responseCode = "401", ref = "Unauthorised")
@APIResponse(responseCode = "403", ref = "Forbidden")
public class RoutingResource {
    private final Explainer explainer;
    private final CurrentPrincipal caller;

    public RoutingResource(Explainer explainer, CurrentPrincipal caller) {
        this.explainer = explainer;
        this.caller = caller;
    }

    @POST
    @Path("/explain")
    @Consumes(MediaType.WILDCARD)
    @Operation(
            summary = "Explain a call",
            description = "The decision and the whole trace for a hypothetical call: each rule that does not take it, and the"
                    + " field by which it was skipped. Numbers are written as the trunk writes them and read by its number"
                    + " plan; the sender of the call counts as authenticated. `to` is the called number, where the"
                    + " trunk's called_from finds it; `request_uri_user` the Request-URI's user part, if it differs;"
                    + " `headers` for rules that name rooms by one; `at` the moment, for schedules. Without `from` the"
                    + " caller is anonymous. A webhook is named, not asked, unless `ask_webhooks` is true: then it is asked, with"
                    + " the header X-Trunkline-Explanation. Without `trunk` the trunks that can bring the call are tried,"
                    + " those that a rule names first, and `trunk` in the answer says which"
                    + " was taken. A webhook request made here counts in no metric. An admin explains all calls, a tenant those to its own"
                    + " numbers.")
    @RequestBody(required = true, content = @Content(mediaType = MediaType.APPLICATION_JSON,
            schema = @Schema(type = SchemaType.OBJECT),
            examples = {
                @ExampleObject(name = "call", value = "{\"from\": \"0470 12 34 56\", \"to\": \"02 555 01 00\", \"trunk\": \"demo\"}"),
                @ExampleObject(name = "everything", value = "{\"anonymous\": true, \"to\": \"+3225550100\", \"trunk\": \"demo\","
                        + " \"headers\": {\"X-Store\": \"17\"}, \"at\": \"2026-12-24T17:30:00+01:00\", \"ask_webhooks\": true}")}))
    @APIResponse(responseCode = "200", description = "What would happen to the call, and why.")
    @APIResponse(responseCode = "400", ref = "Malformed")
    @APIResponse(responseCode = "404", ref = "Unknown")
    public Explanation explain(byte[] body) throws InterruptedException {
        return explainer.explain(caller.get(), CallQuestion.read(body));
    }
}
