package dev.trunkline.router.legs;

import dev.trunkline.events.CallId;
import dev.trunkline.router.api.Bodies;
import dev.trunkline.router.auth.Authenticated;
import dev.trunkline.router.auth.CurrentPrincipal;
import dev.trunkline.router.problem.Problem;
import dev.trunkline.router.problem.Refused;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.sql.SQLException;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.ExampleObject;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.security.SecurityRequirement;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** Outbound calls, and transfers of callers. */
@Path("/calls")
@Authenticated
@Produces(MediaType.APPLICATION_JSON)
@SecurityRequirement(name = "token")
@Tag(name = "Calls out", description = "Outbound calls, and transfers of the callers of live calls. An admin may act for any"
        + " organisation, a tenant for its own.")
@APIResponse(responseCode = "400", ref = "Malformed")
@APIResponse(responseCode = "401", ref = "Unauthorised")
public class CallsOutResource {
    private static final String KEY = "Idempotency-Key";
    private static final int LONGEST_KEY = 255;

    private final CallMaker calls;
    private final TransferAsker transfers;
    private final CurrentPrincipal caller;

    public CallsOutResource(CallMaker calls, TransferAsker transfers, CurrentPrincipal caller) {
        this.calls = calls;
        this.transfers = transfers;
        this.caller = caller;
    }

    @POST
    @Consumes(MediaType.WILDCARD)
    @Operation(
            summary = "Make an outbound call",
            description = "Through an outbound trunk, into a room. `to` is a number in any form, a `tel:` URI, or a `sip:` URI at a"
                    + " gateway of the trunk. `trunk` names the outbound trunk; by default the organisation's own are used, otherwise the"
                    + " suite's. `caller_id` is a number of the organisation (its first, unless the trunk always shows another). `room`"
                    + " is a new one unless it is named; a tenant may name only its own. `agents` are dispatched to it, with `metadata`"
                    + " if they have none of their own; `metadata`, `attributes` and `hide_phone_number` apply to the called participant."
                    + " `identity` and `name` are that participant's, if they are not to be derived from the number. `longest_seconds`"
                    + " ends it earlier than the organisation's configuration. `keys` are pressed after the answer (`w`: half a second),"
                    + " `dial_tone` plays ringing in the room before it, `display_name` is in From,"
                    + " `srtp` (`off`, `offer`, `require`) makes the trunk's setting stricter, `answer_headers` (`none`, `x`, `all`) and"
                    + " `headers_to_attributes` pass headers of the 200 to the room,"
                    + " `attributes_to_headers` turns attributes into headers of a BYE or REFER from the suite. `headers` begin with X-."
                    + " A request that is repeated with the same Idempotency-Key makes no second call within a week.")
    @RequestBody(required = true, content = @Content(mediaType = MediaType.APPLICATION_JSON,
            schema = @Schema(type = SchemaType.OBJECT),
            examples = {
                @ExampleObject(name = "call", value = "{\"organisation\": \"demo\", \"to\": \"+3225550199\", \"agents\": [{\"name\": \"demo\"}]}"),
                @ExampleObject(name = "everything", value = "{\"organisation\": \"demo\", \"to\": \"02 555 01 99\", \"trunk\": \"carrier\","
                        + " \"caller_id\": \"+3225550100\", \"room\": \"demo-17\", \"agents\": [{\"name\": \"demo\", \"metadata\": {\"order\": 17}}],"
                        + " \"ringing_seconds\": 30, \"headers\": {\"X-Order\": \"17\"}, \"metadata\": \"\", \"attributes\": {\"order\": \"17\"},"
                        + " \"hide_phone_number\": true}")}))
    @APIResponse(
            responseCode = "202",
            description = "The call is being made: the events of the call id tell how it proceeds.",
            content = @Content(mediaType = MediaType.APPLICATION_JSON, schema = @Schema(implementation = CallMade.class)))
    @APIResponse(
            responseCode = "403",
            description = "Without `reason`: the room or the agent does not belong to the token's organisation. With"
                    + " `destination-forbidden`: the trunk or the organisation may not call this destination.",
            content = @Content(mediaType = Problem.MEDIA_TYPE, schema = @Schema(implementation = CallProblem.class)))
    @APIResponse(
            responseCode = "404",
            description = "The organisation does not exist, or it is not the tenant's. With `destination-invalid` or `no-outbound-trunk` as"
                    + " `reason`: `to` is not a number, or no trunk can call it.",
            content = @Content(mediaType = Problem.MEDIA_TYPE, schema = @Schema(implementation = CallProblem.class)))
    @APIResponse(
            responseCode = "503",
            description = "Kafka does not accept it, or, for a request with a key, Postgres does not answer. Try again, with the same key.",
            content = @Content(mediaType = Problem.MEDIA_TYPE, schema = @Schema(ref = "Problem")))
    public Response call(
            byte[] body,
            @Parameter(description = "A key of your choice, up to 255 characters: the call's id is derived from it and the organisation.")
            @HeaderParam(KEY) Optional<String> key)
            throws InterruptedException, SQLException {
        CallWish wish = CallWish.read(Bodies.object(body));
        return switch (calls.make(caller.get(), wish, checked(key))) {
            case CallMaker.Outcome.Made(CallMade call) -> Response.accepted(call).build();
            case CallMaker.Outcome.Refused(var refusal) -> CallProblem.response(refusal);
        };
    }

    @POST
    @Path("/{id}/transfer")
    @Consumes(MediaType.WILDCARD)
    @Operation(
            summary = "Transfer a caller",
            description = "To a number, a `tel:` or `sip:` URI; by an outbound call that is joined with the caller's (`bridge`, the default"
                    + " if nothing else is set), by asking the caller's side to call it (`refer`), or by one and then the other."
                    + " `agents_stay` (false) keeps the agents in the call. Whether the target may be called is decided after this"
                    + " answer, and reported in call.transfer.started or call.transfer.failed. Until the transfer succeeds, the caller"
                    + " stays with the agents.")
    @RequestBody(required = true, content = @Content(mediaType = MediaType.APPLICATION_JSON,
            schema = @Schema(type = SchemaType.OBJECT),
            examples = @ExampleObject(name = "transfer", value = "{\"to\": \"+3225550199\", \"trunk\": \"carrier\", \"way\": \"bridge\","
                    + " \"agents_stay\": false, \"ringing_seconds\": 30}")))
    @APIResponse(
            responseCode = "202",
            description = "The transfer was passed on to the call.",
            content = @Content(mediaType = MediaType.APPLICATION_JSON, schema = @Schema(implementation = TransferAsked.class)))
    @APIResponse(responseCode = "404", ref = "Unknown")
    @APIResponse(
            responseCode = "503",
            description = "Kafka does not accept it, or this router has just started and does not know yet which calls are live.",
            content = @Content(mediaType = Problem.MEDIA_TYPE, schema = @Schema(ref = "Problem")))
    public Response transfer(
            @PathParam("id") String id,
            byte[] body,
            @Parameter(description = "A key of your choice, up to 255 characters: the transfer's id is derived from it and the call.")
            @HeaderParam(KEY) Optional<String> key)
            throws InterruptedException {
        TransferWish wish = TransferWish.read(Bodies.object(body));
        return Response.accepted(transfers.ask(caller.get(), callId(id), wish, checked(key))).build();
    }

    private static CallId callId(String text) {
        try {
            return CallId.of(text);
        } catch (IllegalArgumentException e) {
            throw Refused.unknown("That is not the id of a call: GET /calls/live lists them.");
        }
    }

    private static Optional<String> checked(Optional<String> key) {
        Optional<String> given = key.map(String::strip).filter(text -> !text.isEmpty());
        if (given.filter(text -> text.length() > LONGEST_KEY).isPresent()) {
            throw Refused.malformed("Write an Idempotency-Key of up to " + LONGEST_KEY + " characters.");
        }
        return given;
    }
}
