package dev.trunkline.console.oidc;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.stream.Collectors;
import org.jose4j.jwk.JsonWebKey;
import org.jose4j.jwk.JsonWebKeySet;
import org.jose4j.jwx.JsonWebStructure;
import org.jose4j.lang.JoseException;

/**
 * Sends HTTP requests to the identity provider. Thread-safe. Only some of the concurrent sign-ins may send requests, and a user who waits
 * too long for that is told to try again.
 */
final class Provider {
    private static final String DISCOVERY = "/.well-known/openid-configuration";
    private static final Duration PATIENCE = Duration.ofSeconds(5);
    /** Age at which the provider's endpoints and keys are fetched again. */
    private static final Duration KEPT = Duration.ofHours(1);
    private static final long LARGEST = 256 * 1024;
    private static final int AT_ONCE = 8;

    private final Relying relying;
    private final HttpClient http;
    private final ObjectMapper json;
    private final InstantSource clock;
    private final Semaphore places = new Semaphore(AT_ONCE);
    private volatile Optional<Metadata> metadata = Optional.empty();
    private volatile Keys keys = new Keys(List.of(), Instant.MIN);

    /** The provider's endpoints (OpenID Connect Discovery 1.0). */
    record Metadata(URI authorization, URI token, URI keys, Optional<URI> userInfo, Optional<URI> endSession, Instant readAt) {}

    private record Keys(List<JsonWebKey> all, Instant readAt) {
        boolean has(String id) {
            return all.stream().anyMatch(key -> id.equals(key.getKeyId()));
        }
    }

    /** @param access for {@link #userInfo} */
    record Tokens(String id, Optional<String> access) {
        /** Leaves both out. */
        @Override
        public String toString() {
            return "Tokens[…]";
        }
    }

    Provider(Relying relying, HttpClient http, ObjectMapper json, InstantSource clock) {
        this.relying = relying;
        this.http = http;
        this.json = json;
        this.clock = clock;
    }

    /** The metadata as last fetched; empty if nobody has signed in since the console started. */
    Optional<Metadata> known() {
        return metadata;
    }

    Metadata metadata() throws NotSignedIn {
        Optional<Metadata> kept = metadata.filter(known -> known.readAt().plus(KEPT).isAfter(clock.instant()));
        return kept.isPresent() ? kept.get() : discover();
    }

    private Metadata discover() throws NotSignedIn {
        JsonNode said = ask(HttpRequest.newBuilder(URI.create(relying.issuer().toString().replaceAll("/+$", "") + DISCOVERY)));
        if (!said.path("issuer").asText().equals(relying.issuer().toString())) {
            throw new NotSignedIn(TurnedAway.UNTRUSTED, "the provider's issuer is not the one in trunkline.console.oidc.issuer");
        }
        var read = new Metadata(
                endpoint(said, "authorization_endpoint"), endpoint(said, "token_endpoint"), endpoint(said, "jwks_uri"),
                maybe(said, "userinfo_endpoint"), maybe(said, "end_session_endpoint"), clock.instant());
        metadata = Optional.of(read);
        return read;
    }

    private URI endpoint(JsonNode said, String name) throws NotSignedIn {
        return maybe(said, name).orElseThrow(() -> new NotSignedIn(TurnedAway.UNTRUSTED, "the provider's metadata has no " + name));
    }

    /** If the issuer is reached by TLS, so are all its endpoints. */
    private Optional<URI> maybe(JsonNode said, String name) throws NotSignedIn {
        String text = said.path(name).asText();
        if (text.isEmpty()) {
            return Optional.empty();
        }
        try {
            URI uri = URI.create(text);
            if (!"https".equals(uri.getScheme()) && !relying.issuer().getScheme().equals(uri.getScheme())) {
                throw new NotSignedIn(TurnedAway.UNTRUSTED, "the provider's " + name + " is not https");
            }
            return Optional.of(uri);
        } catch (IllegalArgumentException e) {
            throw new NotSignedIn(TurnedAway.UNTRUSTED, "the provider's " + name + " is not a URL");
        }
    }

    /** The keys with which a token may be signed. */
    List<JsonWebKey> keys(String token) throws NotSignedIn {
        String id = keyOf(token);
        Keys known = keys;
        Instant now = clock.instant();
        // The token came from the provider itself, so nobody else can make the console fetch its keys over and over.
        if (known.readAt().isAfter(now.minus(KEPT)) && known.has(id)) {
            return known.all();
        }
        try {
            List<JsonWebKey> read = new JsonWebKeySet(ask(HttpRequest.newBuilder(metadata().keys())).toString()).getJsonWebKeys();
            keys = new Keys(List.copyOf(read), now);
            return keys.all();
        } catch (JoseException e) {
            throw new NotSignedIn(TurnedAway.UNTRUSTED, "the provider's keys cannot be read");
        }
    }

    private static String keyOf(String token) throws NotSignedIn {
        try {
            return Optional.ofNullable(JsonWebStructure.fromCompactSerialization(token).getKeyIdHeaderValue()).orElse("");
        } catch (JoseException e) {
            throw new NotSignedIn(TurnedAway.UNTRUSTED, "the ID token cannot be parsed");
        }
    }

    /** Exchanges a code for tokens. */
    Tokens exchange(String code, String verifier) throws NotSignedIn {
        Map<String, String> form = Map.of(
                "grant_type", "authorization_code", "code", code, "redirect_uri", relying.callback().toString(), "code_verifier", verifier,
                "client_id", relying.clientId());
        HttpRequest.Builder request = HttpRequest.newBuilder(metadata().token())
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(HttpRequest.BodyPublishers.ofString(written(form)));
        relying.secret().ifPresent(secret -> request.header("Authorization", basic(relying.clientId(), secret)));
        JsonNode said = ask(request);
        String id = said.path("id_token").asText();
        if (id.isEmpty()) {
            throw new NotSignedIn(TurnedAway.UNTRUSTED, "the provider gave no ID token: is openid among trunkline.console.oidc.scopes?");
        }
        return new Tokens(id, Optional.of(said.path("access_token").asText()).filter(text -> !text.isEmpty()));
    }

    /** Claims about a person that the provider does not put in the ID token; empty if it has no endpoint for them. */
    Optional<JsonNode> userInfo(Tokens tokens) throws NotSignedIn {
        Optional<URI> place = metadata().userInfo();
        if (place.isEmpty() || tokens.access().isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(ask(HttpRequest.newBuilder(place.get()).header("Authorization", "Bearer " + tokens.access().get())));
    }

    static String written(Map<String, String> form) {
        return form.entrySet().stream()
                .sorted(Map.Entry.comparingByKey())
                .map(field -> field.getKey() + "=" + escaped(field.getValue()))
                .collect(Collectors.joining("&"));
    }

    /** Both parts are form-encoded first (RFC 6749, section 2.3.1). */
    private static String basic(String id, String secret) {
        String both = escaped(id) + ":" + escaped(secret);
        return "Basic " + Base64.getEncoder().encodeToString(both.getBytes(StandardCharsets.UTF_8));
    }

    private static String escaped(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    private JsonNode ask(HttpRequest.Builder request) throws NotSignedIn {
        HttpRequest built = request.header("Accept", "application/json").timeout(PATIENCE).build();
        String where = built.uri().getPath();
        try {
            if (!places.tryAcquire(PATIENCE.toSeconds(), java.util.concurrent.TimeUnit.SECONDS)) {
                throw new NotSignedIn(TurnedAway.UNAVAILABLE, "too many people are signing in at the same time");
            }
            try {
                HttpResponse<byte[]> answer = http.send(built, BodyHandlers.limiting(BodyHandlers.ofByteArray(), LARGEST));
                if (answer.statusCode() != 200) {
                    throw new NotSignedIn(answer.statusCode() >= 500 ? TurnedAway.UNAVAILABLE : TurnedAway.UNTRUSTED,
                            "the provider answered " + where + " with status " + answer.statusCode());
                }
                return Optional.ofNullable(json.readTree(answer.body())).filter(JsonNode::isObject).orElseThrow(() ->
                        new NotSignedIn(TurnedAway.UNTRUSTED, "the provider's answer to " + where + " is not a JSON object"));
            } finally {
                places.release();
            }
        } catch (com.fasterxml.jackson.core.JsonProcessingException e) {
            throw new NotSignedIn(TurnedAway.UNTRUSTED, "the provider's answer to " + where + " is not JSON");
        } catch (IOException e) {
            throw new NotSignedIn(TurnedAway.UNAVAILABLE, "the provider does not answer at " + where + ": " + e.getClass().getSimpleName());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new NotSignedIn(TurnedAway.UNAVAILABLE, "the console is shutting down");
        }
    }
}
