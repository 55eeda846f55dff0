package dev.trunkline.console.problem;

import jakarta.ws.rs.core.Response;

/**
 * Why a request failed, as defined by RFC 9457.
 *
 * @param title what the status means in general
 * @param status HTTP status
 * @param detail one sentence that says what to do
 */
public record Problem(String title, int status, String detail) {
    public static final String MEDIA_TYPE = "application/problem+json";

    public static Response response(Response.Status status, String detail) {
        return Response.status(status)
                .type(MEDIA_TYPE)
                .entity(new Problem(status.getReasonPhrase(), status.getStatusCode(), detail))
                .build();
    }
}
