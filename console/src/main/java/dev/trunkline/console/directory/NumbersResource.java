package dev.trunkline.console.directory;

import dev.trunkline.console.accounts.Allowed;
import dev.trunkline.console.accounts.CurrentSession;
import dev.trunkline.console.accounts.Role;
import dev.trunkline.console.directory.RouterRequests.Request;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PATCH;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.Map;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** Numbers: bodies and answers are those of the router's API. */
@Path("/numbers")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Numbers", description = "The router's API, with the rights of the signed-in user.")
public class NumbersResource {
    private final RouterRequests router;
    private final CurrentSession current;

    public NumbersResource(RouterRequests router, CurrentSession current) {
        this.router = router;
        this.current = current;
    }

    @GET
    @Allowed({Role.ADMIN, Role.TENANT, Role.DESK, Role.SUPPORT})
    @Operation(summary = "List numbers")
    public Response list(
            @QueryParam("organisation") Optional<String> organisation,
            @QueryParam("search") Optional<String> search,
            @QueryParam("idle") Optional<String> idle,
            @QueryParam("active") Optional<String> active,
            @QueryParam("after") Optional<String> after,
            @QueryParam("limit") Optional<String> limit)
            throws InterruptedException {
        return router.send(current.user(), Request.get("/numbers" + RouterRequests.query(Map.of(
                "organisation", organisation, "search", search, "idle", idle, "active", active, "after", after, "limit", limit))));
    }

    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    @Allowed(Role.ADMIN)
    @Operation(summary = "Add one number or many")
    public Response add(byte[] body) throws InterruptedException {
        return router.send(current.user(), Request.post("/numbers", body));
    }

    @GET
    @Path("/{number}")
    @Allowed({Role.ADMIN, Role.TENANT, Role.DESK, Role.SUPPORT})
    @Operation(summary = "Read a number")
    public Response one(@PathParam("number") String number) throws InterruptedException {
        return router.send(current.user(), Request.get(path(number)));
    }

    @PATCH
    @Path("/{number}")
    @Consumes({MediaType.APPLICATION_JSON, "application/merge-patch+json"})
    @Allowed({Role.ADMIN, Role.TENANT})
    @Operation(summary = "Configure a number")
    public Response change(@PathParam("number") String number, byte[] body) throws InterruptedException {
        return router.send(current.user(), Request.to("PATCH", path(number), body));
    }

    @DELETE
    @Path("/{number}")
    @Allowed(Role.ADMIN)
    @Operation(summary = "Remove a number")
    public Response remove(@PathParam("number") String number) throws InterruptedException {
        return router.send(current.user(), Request.to("DELETE", path(number), null));
    }

    @POST
    @Path("/{number}/assign")
    @Consumes(MediaType.APPLICATION_JSON)
    @Allowed(Role.ADMIN)
    @Operation(summary = "Assign or reassign a number")
    public Response assign(@PathParam("number") String number, byte[] body) throws InterruptedException {
        return router.send(current.user(), Request.post(path(number) + "/assign", body));
    }

    @POST
    @Path("/{number}/release")
    @Allowed(Role.ADMIN)
    @Operation(summary = "Release a number")
    public Response release(@PathParam("number") String number) throws InterruptedException {
        return router.send(current.user(), Request.post(path(number) + "/release", null));
    }

    @GET
    @Path("/{number}/history")
    @Allowed({Role.ADMIN, Role.TENANT, Role.SUPPORT})
    @Operation(summary = "Changes of a number")
    public Response history(
            @PathParam("number") String number, @QueryParam("before") Optional<String> before, @QueryParam("limit") Optional<String> limit)
            throws InterruptedException {
        return router.send(current.user(), Request.get(
                path(number) + "/history" + RouterRequests.query(Map.of("before", before, "limit", limit))));
    }

    private static String path(String number) {
        return "/numbers/" + RouterRequests.part(number);
    }
}
