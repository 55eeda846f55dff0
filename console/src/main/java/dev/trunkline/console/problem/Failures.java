package dev.trunkline.console.problem;

import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import java.sql.SQLException;
import org.jboss.logging.Logger;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;

/** Maps exceptions of the API to answers. */
public class Failures {
    private static final Logger LOG = Logger.getLogger(Failures.class);

    @ServerExceptionMapper
    public Response refused(Refused e) {
        Response answer = Problem.response(e.status(), e.getMessage());
        return e.retryAfter()
                .map(after -> Response.fromResponse(answer).header(HttpHeaders.RETRY_AFTER, Math.max(1, after.toSeconds())).build())
                .orElse(answer);
    }

    /** Requests that JAX-RS itself rejects, answered in the form of all other errors: unknown path, wrong method, no JSON. */
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
            case METHOD_NOT_ALLOWED -> "This path does not support this method; /q/openapi says which it supports.";
            case UNSUPPORTED_MEDIA_TYPE -> "Write Content-Type: application/json.";
            case NOT_ACCEPTABLE -> "This path has no answer in a format that Accept names: ask for application/json.";
            default -> "The request cannot be read; /q/openapi describes its format.";
        };
    }

    @ServerExceptionMapper
    public Response postgres(SQLException e) {
        // The exception's message may contain what was sent.
        LOG.errorf("a request failed in Postgres: SQLSTATE %s", e.getSQLState());
        return Problem.response(
                Response.Status.SERVICE_UNAVAILABLE, "The console's database does not answer; calls continue. Try again in a moment.");
    }
}
