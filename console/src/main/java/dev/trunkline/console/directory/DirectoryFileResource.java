package dev.trunkline.console.directory;

import dev.trunkline.console.accounts.Allowed;
import dev.trunkline.console.accounts.CurrentSession;
import dev.trunkline.console.accounts.Role;
import dev.trunkline.console.directory.RouterRequests.Request;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.Map;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** The router's directory as a file: bodies and answers are those of its API. Only the router's own API returns secrets. */
@Path("/directory")
@Tag(name = "Directory")
public class DirectoryFileResource {
    private static final String YAML = "application/yaml";
    private static final int OK = 200;

    private final RouterRequests router;
    private final CurrentSession current;

    public DirectoryFileResource(RouterRequests router, CurrentSession current) {
        this.router = router;
        this.current = current;
    }

    @GET
    @Path("/file")
    @Produces(YAML)
    @Allowed(Role.ADMIN)
    @Operation(summary = "Export the directory as a file", description = "YAML, with three asterisks for each secret. When such a file is"
            + " applied here, the stored secrets are kept.")
    public Response file() throws InterruptedException {
        Response answer = router.send(current.user(), Request.getAs(YAML, "/directory"));
        return answer.getStatus() != OK
                ? answer
                : Response.fromResponse(answer).header(HttpHeaders.CONTENT_DISPOSITION, "attachment; filename=\"directory.yaml\"").build();
    }

    @POST
    @Path("/apply")
    @Consumes(MediaType.WILDCARD)
    @Produces(MediaType.APPLICATION_JSON)
    @Allowed(Role.ADMIN)
    @Operation(summary = "Apply a directory file", description = "YAML or JSON, whatever the content type says. dry_run=true reports what"
            + " would change, and changes nothing; whole=true treats the file as the whole directory, and removes what is not in it;"
            + " changes is the value from a dry run: the file is applied only if it would still change the same (otherwise 409).")
    public Response apply(
            byte[] body,
            @QueryParam("dry_run") Optional<String> dryRun,
            @QueryParam("whole") Optional<String> whole,
            @QueryParam("changes") Optional<String> changes)
            throws InterruptedException {
        String path = "/directory/apply" + RouterRequests.query(Map.of("dry_run", dryRun, "whole", whole, "changes", changes));
        return router.send(current.user(), Request.post(path, body));
    }
}
