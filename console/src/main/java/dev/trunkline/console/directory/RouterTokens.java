package dev.trunkline.console.directory;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.trunkline.console.accounts.User;
import dev.trunkline.console.problem.Refused;
import dev.trunkline.events.codec.EventJson;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jboss.logging.Logger;

/**
 * Router tokens for signed-in users, each valid for a few minutes and limited to the user's organisation. The router knows no read-only
 * role: {@link RouterRequests} sends nothing that changes anything for a user who may not. Thread-safe.
 */
public final class RouterTokens {
    private static final Logger LOG = Logger.getLogger(RouterTokens.class);
    private static final Duration LIFETIME = Duration.ofMinutes(5);
    private static final Duration TOO_OLD = Duration.ofMinutes(4);
    private static final Duration PATIENCE = Duration.ofSeconds(5);
    private static final int KEPT = 1_000;

    private final URI router;
    private final Optional<String> adminToken;
    private final HttpClient http;
    private final InstantSource clock;
    private final Map<User, Kept> kept = new LinkedHashMap<>();

    private record Kept(String token, Instant since) {}

    /** @param adminToken the router's own, with which the console obtains tokens; empty: no request is sent to the router */
    public RouterTokens(URI router, Optional<String> adminToken, HttpClient http, InstantSource clock) {
        this.router = router;
        this.adminToken = adminToken;
        this.http = http;
        this.clock = clock;
    }

    /** @throws Refused if the router issues none */
    String of(User user) throws InterruptedException {
        Optional<String> known = known(user);
        return known.isPresent() ? known.get() : issued(user);
    }

    private synchronized Optional<String> known(User user) {
        return Optional.ofNullable(kept.get(user))
                .filter(token -> token.since().plus(TOO_OLD).isAfter(clock.instant()))
                .map(Kept::token);
    }

    /** Drops a token that the router no longer accepts. */
    synchronized void forget(User user) {
        kept.remove(user);
    }

    private String issued(User user) throws InterruptedException {
        ObjectNode wish = EventJson.MAPPER.createObjectNode()
                .put("role", user.organisation().isPresent() ? "tenant" : "admin")
                .put("subject", user.name())
                .put("lifetime_seconds", LIFETIME.toSeconds());
        user.organisation().ifPresent(organisation -> wish.put("organisation", organisation.id()));
        String token = issue(wish);
        synchronized (this) {
            kept.remove(user);
            kept.put(user, new Kept(token, clock.instant()));
            if (kept.size() > KEPT) {
                kept.remove(kept.keySet().iterator().next());
            }
        }
        return token;
    }

    private String issue(ObjectNode wish) throws InterruptedException {
        String secret = adminToken.orElseThrow(() -> Refused.unavailable(
                "The console has no token for the router: set TRUNKLINE_ADMIN_TOKEN to the router's."));
        HttpRequest request = HttpRequest.newBuilder(router.resolve("/auth/token"))
                .timeout(PATIENCE)
                .header("Authorization", "Bearer " + secret)
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(wish.toString()))
                .build();
        try {
            HttpResponse<byte[]> answer = http.send(request, HttpResponse.BodyHandlers.ofByteArray());
            if (answer.statusCode() != 200) {
                LOG.warnf("the router issued no token: %d", answer.statusCode());
                throw Refused.unavailable("The router issued no token (%d): see its log and TRUNKLINE_ADMIN_TOKEN.".formatted(answer.statusCode()));
            }
            return EventJson.MAPPER.readTree(answer.body()).path("access_token").asText();
        } catch (IOException e) {
            throw RouterRequests.away();
        }
    }

    /** Looks up the id of an organisation. @throws Refused if the router does not return it */
    public String idOf(String organisation) throws InterruptedException {
        ObjectNode wish = EventJson.MAPPER.createObjectNode()
                .put("role", "tenant")
                .put("organisation", organisation)
                .put("lifetime_seconds", LIFETIME.toSeconds());
        HttpRequest request = HttpRequest.newBuilder(router.resolve("/auth/me"))
                .timeout(PATIENCE)
                .header("Authorization", "Bearer " + issue(wish))
                .build();
        try {
            String id = EventJson.MAPPER.readTree(http.send(request, HttpResponse.BodyHandlers.ofByteArray()).body())
                    .path("organisationId").asText();
            if (id.isEmpty()) {
                throw Refused.unavailable("The router did not return the id of this account's organisation: try again.");
            }
            return id;
        } catch (IOException e) {
            throw RouterRequests.away();
        }
    }
}
