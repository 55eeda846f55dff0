package dev.trunkline.router.auth;

import dev.trunkline.router.problem.Problem;
import jakarta.inject.Singleton;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import java.util.Optional;

/** Admits a request, or answers it with what is wrong. */
@Singleton
public class Gate {
    private final Authenticator authenticator;
    private final CurrentPrincipal current;

    public Gate(Authenticator authenticator, CurrentPrincipal current) {
        this.authenticator = authenticator;
        this.current = current;
    }

    void letIn(ContainerRequestContext request, boolean onlyAdmins) {
        try {
            Principal caller = authenticator.caller(
                    Optional.ofNullable(request.getHeaderString(HttpHeaders.AUTHORIZATION)));
            if (onlyAdmins && !(caller instanceof Principal.Admin)) {
                throw Denied.forbidden("This is for admins only: the token has the role tenant.");
            }
            current.is(caller);
        } catch (Denied e) {
            request.abortWith(answer(e));
        }
    }

    private static Response answer(Denied denied) {
        Response problem = Problem.response(denied.status(), denied.getMessage());
        return denied.status() == Response.Status.UNAUTHORIZED
                ? Response.fromResponse(problem).header(HttpHeaders.WWW_AUTHENTICATE, "Bearer realm=\"trunkline\"").build()
                : problem;
    }
}
