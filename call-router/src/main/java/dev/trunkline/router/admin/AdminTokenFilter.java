package dev.trunkline.router.admin;

import dev.trunkline.router.RouterSettings;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.ext.Provider;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Optional;

/** Lets through who has the admin token. Without a token in the settings nobody has. */
@Provider
@AdminOnly
public class AdminTokenFilter implements ContainerRequestFilter {
    private static final String SCHEME = "Bearer ";

    private final Optional<byte[]> token;

    public AdminTokenFilter(RouterSettings settings) {
        this.token = settings.adminToken().map(text -> text.getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public void filter(ContainerRequestContext request) {
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
