package dev.trunkline.console.accounts;

import dev.trunkline.console.problem.Refused;
import jakarta.inject.Provider;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.container.ResourceInfo;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Cookie;
import jakarta.ws.rs.core.NewCookie;
import java.io.IOException;
import java.lang.reflect.Method;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Arrays;
import java.util.Optional;
import java.util.Set;
import org.jboss.logging.Logger;

/** Checks every request of the API: who makes it, whether the role permits it, and whether one of our own pages made it. */
@jakarta.ws.rs.ext.Provider
public class SessionFilter implements ContainerRequestFilter {
    /** Name of the session cookie. */
    public static final String COOKIE = "trunkline_session";

    private static final String BEARER = "Bearer ";
    static final String CSRF = "X-CSRF-Token";
    private static final Logger LOG = Logger.getLogger(SessionFilter.class);
    private static final Set<String> READING = Set.of("GET", "HEAD", "OPTIONS");

    /** Resolved per request, because Quarkus creates filters before settings are available. */
    private final Provider<Sessions> sessions;
    private final Provider<CurrentSession> current;
    private final Provider<ApiKeys> keys;
    private final Provider<KeyRates> rates;

    @Context
    ResourceInfo resource;

    public SessionFilter(
            Provider<Sessions> sessions, Provider<CurrentSession> current, Provider<ApiKeys> keys, Provider<KeyRates> rates) {
        this.sessions = sessions;
        this.current = current;
        this.keys = keys;
        this.rates = rates;
    }

    @Override
    public void filter(ContainerRequestContext request) throws IOException {
        Method method = resource.getResourceMethod();
        if (method.isAnnotationPresent(Open.class)) {
            return;
        }
        String authorization = Optional.ofNullable(request.getHeaderString("Authorization")).orElse("");
        if (authorization.startsWith(BEARER)) {
            program(authorization.substring(BEARER.length()).strip(), method);
            return;
        }
        String token = Optional.ofNullable(request.getCookies().get(COOKIE)).map(Cookie::getValue).orElse("");
        Session session = session(token)
                .orElseThrow(() -> Refused.stranger("Nobody is signed in, or the session has ended: sign in (POST /api/v1/session)."));
        requireRight(session.user(), method);
        if (!READING.contains(request.getMethod()) && !same(session.csrf(), request.getHeaderString(CSRF))) {
            throw Refused.forbidden("The header X-CSRF-Token is missing or wrong: GET /api/v1/session has it (csrf).");
        }
        current.get().is(token, session);
    }

    /** Another site's page cannot make a browser send this header, so no CSRF token is needed. */
    private void program(String sent, Method method) {
        ApiKeys.Known key = key(sent).orElseThrow(() -> Refused.stranger("The API key is unknown, was revoked, or has expired."));
        rates.get().take(key.id()).ifPresent(wait -> {
            throw Refused.tooMany("The key makes too many requests: wait %d ms before the next.".formatted(wait.toMillis()), wait);
        });
        requireRight(key.user(), method);
        current.get().isProgram(sent, new Session(key.user(), "", key.endsAt().orElse(Instant.MAX), Optional.empty()));
    }

    private Optional<ApiKeys.Known> key(String sent) {
        try {
            return sent.startsWith(ApiKeys.PREFIX) ? keys.get().of(sent) : Optional.empty();
        } catch (SQLException e) {
            throw away(e);
        }
    }

    private static void requireRight(User user, Method method) {
        if (!may(user.role(), method)) {
            throw Refused.forbidden("The role %s may not do this.".formatted(user.role().code()));
        }
    }

    /** The cookie of a session. @param maxAge in seconds; -1 for as long as the browser is open, 0 to delete it */
    public static NewCookie cookie(String token, int maxAge, boolean secure) {
        return new NewCookie.Builder(COOKIE)
                .value(token)
                .path("/")
                .httpOnly(true)
                .secure(secure)
                .sameSite(NewCookie.SameSite.STRICT)
                .maxAge(maxAge)
                .build();
    }

    private Optional<Session> session(String token) {
        try {
            return token.isEmpty() ? Optional.empty() : sessions.get().of(token);
        } catch (SQLException e) {
            throw away(e);
        }
    }

    private static Refused away(SQLException e) {
        LOG.errorf("the user of a request could not be looked up: SQLSTATE %s", e.getSQLState());
        return Refused.unavailable("The console's database does not answer; calls continue. Try again in a moment.");
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
