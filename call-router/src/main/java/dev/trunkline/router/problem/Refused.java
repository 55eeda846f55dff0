package dev.trunkline.router.problem;

import dev.trunkline.router.fields.Fault;
import jakarta.ws.rs.core.Response;
import java.util.List;

/** Ends a request with a status and a sentence. */
public final class Refused extends RuntimeException {
    private final transient Response.Status status;
    private final transient List<Fault> faults;

    private Refused(Response.Status status, String detail, List<Fault> faults) {
        super(detail, null, false, false);
        this.status = status;
        this.faults = List.copyOf(faults);
    }

    private Refused(Response.Status status, String detail) {
        this(status, detail, List.of());
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

    public static Refused malformed(String detail, List<Fault> faults) {
        return new Refused(Response.Status.BAD_REQUEST, detail, faults);
    }

    /** Returns the exception for something that is not available yet, or not at this moment. */
    public static Refused unavailable(String detail) {
        return new Refused(Response.Status.SERVICE_UNAVAILABLE, detail);
    }

    public Response.Status status() {
        return status;
    }

    /** Returns the faults field by field, if the request itself is at fault. */
    public List<Fault> faults() {
        return faults;
    }
}
