package dev.trunkline.router.auth;

import jakarta.ws.rs.core.Response;

/** A request is denied; the message says what is wrong. */
final class Denied extends Exception {
    private final transient Response.Status status;

    private Denied(Response.Status status, String message) {
        super(message, null, false, false);
        this.status = status;
    }

    /** Returns the exception for an unauthenticated sender. */
    static Denied unknown(String message) {
        return new Denied(Response.Status.UNAUTHORIZED, message);
    }

    /** Returns the exception for a sender who is authenticated but not allowed. */
    static Denied forbidden(String message) {
        return new Denied(Response.Status.FORBIDDEN, message);
    }

    /** Returns the exception for a sender who cannot be authenticated because a dependency is unavailable. */
    static Denied unavailable(String message) {
        return new Denied(Response.Status.SERVICE_UNAVAILABLE, message);
    }

    Response.Status status() {
        return status;
    }
}
