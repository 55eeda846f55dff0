package dev.trunkline.router.admin;

import dev.trunkline.router.fields.Fault;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.List;

/**
 * Why a request was not fulfilled.
 *
 * @param error one sentence that says what to do
 * @param faults field by field, where a file was at fault
 */
public record Problem(String error, List<Fault> faults) {

    static Response response(Response.Status status, String error) {
        return response(status, new Problem(error, List.of()));
    }

    static Response response(Response.Status status, Problem problem) {
        return Response.status(status).type(MediaType.APPLICATION_JSON).entity(problem).build();
    }
}
