package dev.trunkline.router.problem;

import dev.trunkline.router.apply.FaultyFileException;
import dev.trunkline.router.apply.OtherChangesException;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import java.sql.SQLException;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jboss.logging.Logger;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;

/** Maps the errors of the admin API to answers. */
public class Failures {
    private static final Logger LOG = Logger.getLogger(Failures.class);
    /** SQLSTATE classes 22 and 23: data exception, integrity constraint violation. */
    private static final String BAD_DATA = "22";
    private static final String AGAINST_OTHERS = "23";

    @ServerExceptionMapper
    public Response faultyFile(FaultyFileException e) {
        String first = e.faults().stream()
                .map(fault -> fault.path().isEmpty() ? fault.problem() : fault.path() + ": " + fault.problem())
                .collect(Collectors.joining("; "));
        return Problem.response(Response.Status.BAD_REQUEST, "Nothing was applied. " + first, e.faults());
    }

    @ServerExceptionMapper
    public Response otherChanges(OtherChangesException e) {
        return Problem.response(
                Response.Status.CONFLICT,
                "Nothing was applied: the directory has changed since, and the file would do something else now."
                        + " Check again with dry_run=true.");
    }

    @ServerExceptionMapper
    public Response refused(Refused e) {
        return Problem.response(e.status(), e.getMessage(), e.faults());
    }

    /** Maps what JAX-RS itself refuses to the form of every other answer: no such path, wrong method, not JSON. */
    @ServerExceptionMapper
    public Response request(WebApplicationException e) {
        Response given = e.getResponse();
        Response.Status status = Response.Status.fromStatusCode(given.getStatus());
        if (given.hasEntity() || status == null) {
            return given;
        }
        Response.ResponseBuilder answer = Response.fromResponse(Problem.response(status, sentence(status)));
        if (given.getHeaders().containsKey(HttpHeaders.ALLOW)) {
            answer.header(HttpHeaders.ALLOW, given.getHeaderString(HttpHeaders.ALLOW));
        }
        return answer.build();
    }

    private static String sentence(Response.Status status) {
        return switch (status) {
            case NOT_FOUND -> "There is nothing at this path; /q/openapi lists all paths.";
            case METHOD_NOT_ALLOWED -> "This path does not support that method; /q/openapi lists the methods.";
            case UNSUPPORTED_MEDIA_TYPE -> "Write Content-Type: application/json.";
            case NOT_ACCEPTABLE -> "This path cannot answer in a form that Accept names: ask for application/json.";
            default -> "The request cannot be read; /q/openapi describes its form.";
        };
    }

    @ServerExceptionMapper
    public Response postgres(SQLException e) {
        String state = Optional.ofNullable(e.getSQLState()).orElse("");
        if (state.startsWith(BAD_DATA)) {
            return Problem.response(
                    Response.Status.BAD_REQUEST,
                    "Something in the request is not a text that Postgres can store, for example the character U+0000: leave it out.");
        }
        if (state.startsWith(AGAINST_OTHERS)) {
            LOG.warnf("a request of the admin API conflicted with another: %s", state);
            return Problem.response(
                    Response.Status.CONFLICT,
                    "Something that the request needs or creates was changed by somebody else meanwhile. Nothing was done. Try again.");
        }
        LOG.errorf("a request of the admin API failed in Postgres: %s", e.getMessage());
        return Problem.response(
                Response.Status.SERVICE_UNAVAILABLE,
                "Postgres could not do it, and nothing was applied; calls continue with the directory in memory. Try again.");
    }
}
