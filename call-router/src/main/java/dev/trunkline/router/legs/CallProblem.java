package dev.trunkline.router.legs;

import dev.trunkline.events.RefusalReason;
import dev.trunkline.events.TraceStep;
import dev.trunkline.router.dialling.DialDecision;
import dev.trunkline.router.fields.Fault;
import dev.trunkline.router.problem.Problem;
import jakarta.ws.rs.core.Response;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** Why an outbound call is not made: a problem (RFC 9457) with the reason and the trace of the decision. */
public record CallProblem(
        String title,
        int status,
        @Schema(description = "One sentence that says what to do.") String detail,
        List<Fault> faults,
        @Schema(description = "`destination-invalid`, `destination-forbidden` or `no-outbound-trunk`.") RefusalReason reason,
        @Schema(description = "Each step of the decision, in order.") List<TraceStep> trace) {

    static Response response(DialDecision.Refuse refusal) {
        Response.Status status = Response.Status.fromStatusCode(refusal.reason().status());
        return Response.status(status)
                .type(Problem.MEDIA_TYPE)
                .entity(new CallProblem(
                        status.getReasonPhrase(), status.getStatusCode(), refusal.detail(), List.of(), refusal.reason(), refusal.trace()))
                .build();
    }
}
