package dev.trunkline.console.oidc;

import dev.trunkline.console.accounts.Open;
import dev.trunkline.console.accounts.SessionFilter;
import dev.trunkline.console.accounts.Sessions;
import dev.trunkline.console.problem.Refused;
import io.smallrye.common.annotation.Blocking;
import jakarta.ws.rs.CookieParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.NewCookie;
import jakarta.ws.rs.core.Response;
import java.net.URI;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.logging.Logger;

/** Signing in through an identity provider. These URLs are visited by a browser, not called by a script. */
@Path("/session/oidc")
@Tag(name = "Session")
public class OidcResource {
    private static final Logger LOG = Logger.getLogger(OidcResource.class);
    private static final String COOKIE = "trunkline_oidc";
    private static final String PATH = "/api/v1/session/oidc";
    private static final int TIME_TO_SIGN_IN_SECONDS = 600;

    private final Optional<OidcSignIn> signIn;

    /** The ways to sign in. @param accounts with a name and password of the console @param provider through the identity provider */
    public record Ways(boolean accounts, boolean provider) {}

    public OidcResource(Optional<OidcSignIn> signIn) {
        this.signIn = signIn;
    }

    @GET
    @Open
    @Produces(MediaType.APPLICATION_JSON)
    @Operation(summary = "Ways to sign in", description = "With an account of the console, through the identity provider, or both.")
    public Ways ways() {
        return new Ways(signIn.map(OidcSignIn::accountsToo).orElse(true), signIn.isPresent());
    }

    @GET
    @Path("/begin")
    @Open
    @Blocking
    @Operation(summary = "Go to the identity provider", description = "`to` is the console page to show afterwards; with `again=true`,"
            + " the provider asks who the user is even if it knows.")
    @APIResponse(responseCode = "303", description = "Redirects to the provider, or back to the sign-in page, which says why.")
    public Response begin(@QueryParam("to") Optional<String> to, @QueryParam("again") boolean again) {
        OidcSignIn known = known();
        try {
            OidcSignIn.Begun begun = known.begin(to.orElse("/"), again);
            return Response.seeOther(begun.at())
                    .cookie(cookie(begun.pending().text(), TIME_TO_SIGN_IN_SECONDS, known.relying().secure()))
                    .build();
        } catch (NotSignedIn fault) {
            return back(known, fault);
        }
    }

    @GET
    @Path("/callback")
    @Open
    @Blocking
    @Operation(summary = "Return from the identity provider")
    @APIResponse(
            responseCode = "303",
            description = "Redirects to the requested page, signed in; or to the sign-in page, which says why not.")
    public Response callback(
            @QueryParam("code") Optional<String> code,
            @QueryParam("state") Optional<String> state,
            @QueryParam("error") Optional<String> error,
            @QueryParam("iss") Optional<String> issuer,
            @CookieParam(COOKIE) Optional<String> cookie) {
        OidcSignIn known = known();
        Optional<Pending> pending = cookie.flatMap(Pending::parse);
        try {
            Sessions.Begun begun = known.finish(new OidcSignIn.Answer(code, state, error, issuer), pending);
            boolean secure = known.relying().secure();
            return Response.seeOther(known.relying().console().resolve(pending.map(Pending::to).orElse("/")))
                    .cookie(SessionFilter.cookie(begun.token(), -1, secure), cookie("", 0, secure))
                    .build();
        } catch (NotSignedIn fault) {
            return back(known, fault);
        }
    }

    private OidcSignIn known() {
        return signIn.orElseThrow(() -> Refused.unknown(
                "No identity provider is configured: sign in with POST /api/v1/session, or set trunkline.console.oidc.issuer."));
    }

    private static Response back(OidcSignIn known, NotSignedIn fault) {
        LOG.warnf("sign-in through the identity provider failed: %s", fault.getMessage());
        return Response.seeOther(URI.create(known.relying().signInPage() + "?refused=" + fault.why().code()))
                .cookie(cookie("", 0, known.relying().secure()))
                .build();
    }

    /** SameSite is Lax, because the browser comes back from another site. */
    private static NewCookie cookie(String value, int maxAge, boolean secure) {
        return new NewCookie.Builder(COOKIE)
                .value(value)
                .path(PATH)
                .httpOnly(true)
                .secure(secure)
                .sameSite(NewCookie.SameSite.LAX)
                .maxAge(maxAge)
                .build();
    }
}
