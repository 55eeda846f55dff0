package dev.trunkline.router.problem;

import jakarta.ws.rs.core.Response;

/** Ends a request with a status and a sentence. */
public final class Refused extends RuntimeException {
    private final transient Response.Status status;

    public Refused(Response.Status status, String detail) {
        super(detail, null, false, false);
        this.status = status;
    }

    public static Refused unknown(String detail) {
        return new Refused(Response.Status.NOT_FOUND, detail);
    }

    public static Refused conflict(String detail) {
        return new Refused(Response.Status.CONFLICT, detail);
    }

    public static Refused forbidden(String detail) {
        return new Refused(Response.Status.FORBIDDEN, detail);
    }

    public static Refused malformed(String detail) {
        return new Refused(Response.Status.BAD_REQUEST, detail);
    }

    public Response.Status status() {
        return status;
    }
}
