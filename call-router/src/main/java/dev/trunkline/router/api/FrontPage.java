package dev.trunkline.router.api;

import dev.trunkline.router.problem.Refused;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Response;
import java.net.URI;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.Operation;

/** Sends a browser that opens the address of the API to the console's pages. */
@Path("/")
public class FrontPage {
    private final Console console;

    /** Address of the console; empty if it is not configured. */
    public record Console(Optional<URI> url) {}

    public FrontPage(Console console) {
        this.console = console;
    }

    @GET
    @Operation(hidden = true)
    public Response open() {
        return Response.seeOther(console.url().orElseThrow(() -> Refused.unknown(
                "There is no page here: /q/openapi describes the API, and the console is a separate service."))).build();
    }
}
