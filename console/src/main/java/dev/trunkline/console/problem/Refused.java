package dev.trunkline.console.problem;

import jakarta.ws.rs.core.Response;
import java.time.Duration;
import java.util.Optional;

/** Ends a request with a status and a sentence. */
public final class Refused extends RuntimeException {
    private final transient Response.Status status;
    private final transient Optional<Duration> retryAfter;

    private Refused(Response.Status status, String detail, Optional<Duration> retryAfter) {
        super(detail, null, false, false);
        this.status = status;
        this.retryAfter = retryAfter;
    }

    private Refused(Response.Status status, String detail) {
        this(status, detail, Optional.empty());
    }

    public static Refused malformed(String detail) {
        return new Refused(Response.Status.BAD_REQUEST, detail);
    }

    /** The request needs a signed-in user. */
    public static Refused stranger(String detail) {
        return new Refused(Response.Status.UNAUTHORIZED, detail);
    }

    public static Refused forbidden(String detail) {
        return new Refused(Response.Status.FORBIDDEN, detail);
    }

    public static Refused unknown(String detail) {
        return new Refused(Response.Status.NOT_FOUND, detail);
    }

    public static Refused conflict(String detail) {
        return new Refused(Response.Status.CONFLICT, detail);
    }

    /** @param retryAfter when the request may be retried */
    public static Refused tooMany(String detail, Duration retryAfter) {
        return new Refused(Response.Status.TOO_MANY_REQUESTS, detail, Optional.of(retryAfter));
    }

    /** What was requested is not available at the moment. */
    public static Refused unavailable(String detail) {
        return new Refused(Response.Status.SERVICE_UNAVAILABLE, detail);
    }

    public Response.Status status() {
        return status;
    }

    /** The value of the header Retry-After; empty if there is none. */
    public Optional<Duration> retryAfter() {
        return retryAfter;
    }
}
