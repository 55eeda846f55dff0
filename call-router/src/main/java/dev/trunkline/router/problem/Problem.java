package dev.trunkline.router.problem;

import dev.trunkline.router.fields.Fault;
import jakarta.ws.rs.core.Response;
import java.util.List;

/**
 * Why a request was not fulfilled, in the form of RFC 9457.
 *
 * @param title what the status means in general
 * @param status of HTTP
 * @param detail one sentence that says what to do
 * @param faults field by field, if the request itself is at fault
 */
public record Problem(String title, int status, String detail, List<Fault> faults) {
    public static final String MEDIA_TYPE = "application/problem+json";

    public static Response response(Response.Status status, String detail) {
        return response(status, detail, List.of());
    }

    public static Response response(Response.Status status, String detail, List<Fault> faults) {
        return Response.status(status)
                .type(MEDIA_TYPE)
                .entity(new Problem(status.getReasonPhrase(), status.getStatusCode(), detail, faults))
                .build();
    }
}
