package dev.trunkline.router.auth;

import jakarta.ws.rs.core.Response;

/** A request whose sender is not let in; the message says what is wrong. */
final class Denied extends Exception {
    private final transient Response.Status status;

    private Denied(Response.Status status, String message) {
        super(message, null, false, false);
        this.status = status;
    }

    /** Nobody knows who it is. */
    static Denied unknown(String message) {
        return new Denied(Response.Status.UNAUTHORIZED, message);
    }

    /** Known, and not allowed. */
    static Denied forbidden(String message) {
        return new Denied(Response.Status.FORBIDDEN, message);
    }

    /** What it takes to find out is away. */
    static Denied unavailable(String message) {
        return new Denied(Response.Status.SERVICE_UNAVAILABLE, message);
    }

    Response.Status status() {
        return status;
    }
}
