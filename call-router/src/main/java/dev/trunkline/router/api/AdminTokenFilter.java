package dev.trunkline.router.api;

import dev.trunkline.router.RouterSettings;
import dev.trunkline.router.problem.Problem;
import jakarta.inject.Provider;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Optional;

/** Lets through who has the admin token. Without a token in the settings nobody has. */
@jakarta.ws.rs.ext.Provider
@AdminOnly
public class AdminTokenFilter implements ContainerRequestFilter {
    private static final String SCHEME = "Bearer ";

    /** Asked when a request comes, as Quarkus makes filters before there are settings. */
    private final Provider<RouterSettings> settings;

    public AdminTokenFilter(Provider<RouterSettings> settings) {
        this.settings = settings;
    }

    @Override
    public void filter(ContainerRequestContext request) {
        Optional<byte[]> token = settings.get().adminToken().map(text -> text.getBytes(StandardCharsets.UTF_8));
        if (token.isEmpty()) {
            request.abortWith(Problem.response(
                    Response.Status.FORBIDDEN, "The admin API is off: start the router with TRUNKLINE_ADMIN_TOKEN."));
            return;
        }
        boolean allowed = Optional.ofNullable(request.getHeaderString(HttpHeaders.AUTHORIZATION))
                .filter(header -> header.regionMatches(true, 0, SCHEME, 0, SCHEME.length()))
                .map(header -> header.substring(SCHEME.length()).strip().getBytes(StandardCharsets.UTF_8))
                // Takes the same time wherever the first wrong byte is.
                .filter(given -> MessageDigest.isEqual(given, token.get()))
                .isPresent();
        if (!allowed) {
            request.abortWith(Response.fromResponse(Problem.response(
                            Response.Status.UNAUTHORIZED, "Send the admin token: Authorization: Bearer <TRUNKLINE_ADMIN_TOKEN>."))
                    .header(HttpHeaders.WWW_AUTHENTICATE, "Bearer")
                    .build());
        }
    }
}
