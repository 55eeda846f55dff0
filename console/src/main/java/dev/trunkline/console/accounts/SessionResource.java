package dev.trunkline.console.accounts;

import dev.trunkline.console.problem.Refused;
import dev.trunkline.events.OrganisationRef;
import io.vertx.core.http.HttpServerRequest;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.NewCookie;
import jakarta.ws.rs.core.Response;
import java.net.URI;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** Signing in and out. */
@Path("/session")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Session", description = "Signing in and out. Requests that change something send the header X-CSRF-Token.")
public class SessionResource {
    private final SignIn signIn;
    private final Sessions sessions;
    private final CurrentSession current;
    private final Optional<IdentityProvider> provider;

    /** The sign-in form. */
    public record Credentials(Optional<String> user, Optional<String> password) {
        /** Leaves the password out. */
        @Override
        public String toString() {
            return "Credentials[…]";
        }
    }

    /** The signed-in user. @param csrf for the header {@code X-CSRF-Token} */
    public record Shown(String user, Role role, Optional<OrganisationRef> organisation, String csrf, Instant expiresAt) {
        static Shown of(Session session) {
            User user = session.user();
            return new Shown(user.name(), user.role(), user.organisation(), session.csrf(), session.expiresAt());
        }
    }

    /** What remains to be done after signing out. @param signOutAt where the browser goes to be signed out at the identity provider too */
    public record Ended(Optional<URI> signOutAt) {}

    public SessionResource(SignIn signIn, Sessions sessions, CurrentSession current, Optional<IdentityProvider> provider) {
        this.signIn = signIn;
        this.sessions = sessions;
        this.current = current;
        this.provider = provider;
    }

    @POST
    @Open
    @Consumes(MediaType.APPLICATION_JSON)
    @Operation(summary = "Sign in", description = "Sets the cookie trunkline_session.")
    @APIResponse(responseCode = "200", description = "Who is signed in.")
    @APIResponse(responseCode = "401", description = "User or password is wrong.")
    @APIResponse(responseCode = "429", description = "Too many wrong passwords; Retry-After says how long to wait.")
    public Response begin(Credentials given, @Context HttpServerRequest request) throws SQLException {
        if (!provider.map(IdentityProvider::accountsToo).orElse(true)) {
            throw Refused.forbidden("Accounts of the console are off: sign in with GET /api/v1/session/oidc/begin.");
        }
        if (given == null || given.user().isEmpty() || given.password().isEmpty()) {
            throw Refused.malformed("Write {\"user\": \"admin\", \"password\": \"…\"}.");
        }
        Sessions.Begun begun = signIn.signIn(given.user().get(), given.password().get(), request.remoteAddress().hostAddress());
        return Response.ok(Shown.of(begun.session())).cookie(cookie(begun.token(), -1, request)).build();
    }

    @GET
    @Allowed({Role.ADMIN, Role.TENANT, Role.DESK, Role.SUPPORT})
    @Operation(summary = "Who is signed in")
    @APIResponse(responseCode = "200", description = "Who is signed in, and until when.")
    @APIResponse(responseCode = "401", description = "Nobody is signed in.")
    public Shown read() {
        return Shown.of(current.get());
    }

    @DELETE
    @Allowed({Role.ADMIN, Role.TENANT, Role.DESK, Role.SUPPORT})
    @Operation(summary = "Sign out")
    @APIResponse(responseCode = "200", description = "The session has ended. `signOutAt`, if present, is the identity provider's"
            + " sign-out page.")
    public Response end(@Context HttpServerRequest request) throws SQLException {
        sessions.end(current.token());
        Optional<URI> place = provider.flatMap(known -> current.get().idToken().flatMap(known::signOutAt));
        return Response.ok(new Ended(place)).cookie(cookie("", 0, request)).build();
    }

    private static NewCookie cookie(String value, int maxAge, HttpServerRequest request) {
        return SessionFilter.cookie(value, maxAge, request.isSSL());
    }
}
