package dev.trunkline.console.live;

import dev.trunkline.bus.CallEventPublisher;
import dev.trunkline.bus.CallLabel;
import dev.trunkline.console.accounts.Allowed;
import dev.trunkline.console.accounts.CurrentSession;
import dev.trunkline.console.accounts.Role;
import dev.trunkline.console.calls.CallIds;
import dev.trunkline.console.directory.RouterRequests;
import dev.trunkline.console.problem.Refused;
import dev.trunkline.events.EndCall;
import dev.trunkline.events.EndReason;
import dev.trunkline.events.Envelope;
import dev.trunkline.events.LiveCall;
import dev.trunkline.events.codec.Envelopes;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.logging.Logger;

/** Requests concerning a live call: to end it, or to transfer its caller. */
@Path("/calls/{id}")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Live calls")
public class CallWishes {
    private static final Logger LOG = Logger.getLogger(CallWishes.class);
    private static final Duration KAFKA_PATIENCE = Duration.ofSeconds(5);

    private final LiveBoard board;
    private final CurrentSession current;
    private final CallEventPublisher publisher;
    private final Envelopes envelopes;
    private final RouterRequests router;

    public CallWishes(
            LiveBoard board, CurrentSession current, CallEventPublisher publisher, Envelopes envelopes, RouterRequests router) {
        this.board = board;
        this.current = current;
        this.publisher = publisher;
        this.envelopes = envelopes;
        this.router = router;
    }

    @POST
    @Path("/end")
    @Allowed({Role.ADMIN, Role.TENANT, Role.DESK})
    @Operation(summary = "End a call")
    public Response end(@PathParam("id") String id) throws InterruptedException {
        LiveCall call = live(id);
        // The log says who it was: a name does not belong in an event.
        var command = new EndCall(call.callId(), EndReason.REQUESTED, "console", "Somebody ended it in the console.");
        try {
            publisher.publish(envelopes.first(command, Envelope.Owners.NONE)).toCompletableFuture()
                    .get(KAFKA_PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException | TimeoutException e) {
            throw Refused.unavailable("Kafka does not accept the command now: try again.");
        }
        LOG.infof("%s end requested by %s", CallLabel.of(call.callId(), call.organisation(), call.trunk()), current.user().name());
        return Response.accepted(Map.of("callId", call.callId())).build();
    }

    @POST
    @Path("/transfer")
    @Consumes(MediaType.APPLICATION_JSON)
    @Allowed({Role.ADMIN, Role.TENANT, Role.DESK})
    @Operation(summary = "Transfer a caller", description = "`to` is a number, a tel: URI or a sip: URI, as in the router's API.")
    public Response transfer(@PathParam("id") String id, byte[] body) throws InterruptedException {
        LiveCall call = live(id);
        Response answer = router.send(
                current.user(), RouterRequests.Request.post("/calls/" + call.callId() + "/transfer", body));
        LOG.infof("%s transfer requested by %s: %d", CallLabel.of(call.callId(), call.organisation(), call.trunk()),
                current.user().name(), answer.getStatus());
        return answer;
    }

    private LiveCall live(String id) {
        return CallIds.of(id)
                .flatMap(callId -> board.find(current.user(), callId))
                .orElseThrow(() -> Refused.unknown("There is no live call with this id: GET /api/v1/live lists them."));
    }
}
