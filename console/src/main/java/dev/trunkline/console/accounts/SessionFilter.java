package dev.trunkline.console.accounts;

import dev.trunkline.console.problem.Refused;
import jakarta.inject.Provider;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.container.ResourceInfo;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Cookie;
import java.io.IOException;
import java.lang.reflect.Method;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.Optional;
import java.util.Set;
import org.jboss.logging.Logger;

/** Every request of the API comes by here: who makes it, whether the role may, and whether a page of ours made it. */
@jakarta.ws.rs.ext.Provider
public class SessionFilter implements ContainerRequestFilter {
    /** Of the cookie. */
    public static final String COOKIE = "trunkline_session";

    static final String CSRF = "X-CSRF-Token";
    private static final Logger LOG = Logger.getLogger(SessionFilter.class);
    private static final Set<String> READING = Set.of("GET", "HEAD", "OPTIONS");

    /** Asked when a request comes, as Quarkus makes filters before there are settings. */
    private final Provider<Sessions> sessions;
    private final Provider<CurrentSession> current;

    @Context
    ResourceInfo resource;

    public SessionFilter(Provider<Sessions> sessions, Provider<CurrentSession> current) {
        this.sessions = sessions;
        this.current = current;
    }

    @Override
    public void filter(ContainerRequestContext request) throws IOException {
        Method method = resource.getResourceMethod();
        if (method.isAnnotationPresent(Open.class)) {
            return;
        }
        String token = Optional.ofNullable(request.getCookies().get(COOKIE)).map(Cookie::getValue).orElse("");
        Session session = session(token)
                .orElseThrow(() -> Refused.stranger("Nobody is signed in, or the session has ended: sign in (POST /api/v1/session)."));
        if (!may(session.user().role(), method)) {
            throw Refused.forbidden("The role %s may not do this.".formatted(session.user().role().code()));
        }
        if (!READING.contains(request.getMethod()) && !same(session.csrf(), request.getHeaderString(CSRF))) {
            throw Refused.forbidden("The header X-CSRF-Token is missing or wrong: GET /api/v1/session has it (csrf).");
        }
        current.get().is(token, session);
    }

    private Optional<Session> session(String token) {
        try {
            return token.isEmpty() ? Optional.empty() : sessions.get().of(token);
        } catch (SQLException e) {
            LOG.errorf("who is signed in is not known: SQLSTATE %s", e.getSQLState());
            throw Refused.unavailable("The console's database does not answer; calls go on. Try again in a moment.");
        }
    }

    private static boolean may(Role role, Method method) {
        Allowed allowed = method.getAnnotation(Allowed.class);
        return allowed != null && Arrays.asList(allowed.value()).contains(role);
    }

    private static boolean same(String wanted, String given) {
        return given != null
                && MessageDigest.isEqual(wanted.getBytes(StandardCharsets.UTF_8), given.getBytes(StandardCharsets.UTF_8));
    }
}
