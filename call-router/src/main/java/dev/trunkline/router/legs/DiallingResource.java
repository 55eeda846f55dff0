package dev.trunkline.router.legs;

import dev.trunkline.router.api.Bodies;
import dev.trunkline.router.auth.Authenticated;
import dev.trunkline.router.auth.CurrentPrincipal;
import dev.trunkline.router.dialling.DialDecision;
import dev.trunkline.router.dialling.DialRequest;
import dev.trunkline.router.dialling.Dialler;
import dev.trunkline.router.directory.Directory;
import dev.trunkline.router.directory.Organisation;
import dev.trunkline.router.gateways.TriedGateways;
import dev.trunkline.router.snapshot.CurrentDirectory;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.ExampleObject;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.security.SecurityRequirement;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** Explains the decision on a hypothetical outbound call. */
@Path("/dialling")
@Authenticated
@Produces(MediaType.APPLICATION_JSON)
@SecurityRequirement(name = "token")
@Tag(name = "Calls out")
@APIResponse(responseCode = "401", ref = "Unauthorised")
public class DiallingResource {
    private final CurrentDirectory directory;
    private final Dialler dialler;
    private final TriedGateways gateways;
    private final CurrentPrincipal caller;

    public DiallingResource(
            CurrentDirectory directory, Dialler dialler, TriedGateways gateways, CurrentPrincipal caller) {
        this.directory = directory;
        this.dialler = dialler;
        this.gateways = gateways;
        this.caller = caller;
    }

    @POST
    @Path("/explain")
    @Consumes(MediaType.WILDCARD)
    @Operation(
            summary = "Explain an outbound call",
            description = "Which outbound trunk and gateways an outbound call would take, what would be dialled and shown there, and why;"
                    + " or why the destination cannot be called. No call is made, and nothing is counted. Works while Postgres is"
                    + " unavailable.")
    @RequestBody(required = true, content = @Content(mediaType = MediaType.APPLICATION_JSON,
            schema = @Schema(type = SchemaType.OBJECT),
            examples = @ExampleObject(name = "call", value = "{\"organisation\": \"demo\", \"to\": \"02 555 01 99\", \"trunk\": \"carrier\","
                    + " \"caller_id\": \"+3225550100\"}")))
    @APIResponse(responseCode = "200", description = "What would happen to the call, and why.")
    @APIResponse(responseCode = "400", ref = "Malformed")
    @APIResponse(responseCode = "404", ref = "Unknown")
    public DialExplanation explain(byte[] body) {
        DialQuestion question = DialQuestion.read(Bodies.object(body));
        Directory now = directory.get().orElseGet(Directory::empty);
        Organisation organisation = Asker.organisation(caller.get(), question.organisation(), now);
        DialDecision decision = dialler.decide(
                new DialRequest(
                        organisation.ref(), question.to(), question.trunk(),
                        Numbered.of(question.callerId(), now, organisation).map(Numbered::text), Optional.empty()),
                now);
        return DialExplanation.of(
                decision, organisation.name(),
                decision instanceof DialDecision.Dial dial ? gateways.of(dial.trunk(), caller.get()) : Optional.empty(), now.version());
    }
}
