package dev.trunkline.router.problem;

import dev.trunkline.router.apply.FaultyFileException;
import jakarta.ws.rs.core.Response;
import java.sql.SQLException;
import java.util.stream.Collectors;
import org.jboss.logging.Logger;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;

/** Turns what can go wrong in the admin API into answers. */
public class Failures {
    private static final Logger LOG = Logger.getLogger(Failures.class);

    @ServerExceptionMapper
    public Response faultyFile(FaultyFileException e) {
        String first = e.faults().stream()
                .map(fault -> fault.path().isEmpty() ? fault.problem() : fault.path() + ": " + fault.problem())
                .collect(Collectors.joining("; "));
        return Problem.response(Response.Status.BAD_REQUEST, "Nothing was applied. " + first, e.faults());
    }

    @ServerExceptionMapper
    public Response refused(Refused e) {
        return Problem.response(e.status(), e.getMessage(), e.faults());
    }

    @ServerExceptionMapper
    public Response postgres(SQLException e) {
        LOG.errorf("a request of the admin API failed in Postgres: %s", e.getMessage());
        return Problem.response(
                Response.Status.SERVICE_UNAVAILABLE,
                "Postgres could not do it, and nothing was applied; calls go on by the directory in memory. Try again.");
    }
}
