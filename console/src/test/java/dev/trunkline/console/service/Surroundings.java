package dev.trunkline.console.service;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.trunkline.backends.Backend;
import dev.trunkline.backends.Backends;
import dev.trunkline.bus.KafkaAddress;
import dev.trunkline.bus.TopicSetup;
import dev.trunkline.local.Ports;
import dev.trunkline.local.PostgresLogins;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;

/** A real Kafka, a real Postgres, and a stand-in for the requests to the router, which has its own tests elsewhere. */
public class Surroundings implements QuarkusTestResourceLifecycleManager {
    static final int KAFKA_PORT = Ports.free();
    static final KafkaAddress KAFKA = KafkaAddress.of("127.0.0.1:" + KAFKA_PORT);
    static final String PASSWORD = "a-password-of-the-tests";
    static final String ROUTER_TOKEN = "the-router-s-own-token";
    /** An existing database whose owner {@code postgres} needs no password, for {@link ManyCalls}. */
    private static final Optional<String> DATABASE = Optional.ofNullable(System.getProperty("console.database"));
    static final String LIVEKIT = "wss://livekit.example:7443/rooms";
    static final String LIVEKIT_SECRET = "a-secret-of-livekit-of-thirty-two-characters";
    static final int KEY_REQUESTS = 60;
    static final String TOWN = "0198b5ad-0000-7000-8000-000000000001";
    static final String CITY = "0198b5ad-0000-7000-8000-000000000002";
    /** Requests that reached the router: method, path, and owner of the token. */
    static final List<String> ASKED = new CopyOnWriteArrayList<>();

    private final PostgresLogins logins = PostgresLogins.make(new SecureRandom());
    private Backend kafka;
    private Backend postgres;
    private HttpServer router;

    @Override
    public Map<String, String> start() {
        // Quarkus calls this on a thread of the common pool, and Kafka's client loads classes by name.
        Thread.currentThread().setContextClassLoader(Surroundings.class.getClassLoader());
        try {
            kafka = Backends.chosen().kafka(KAFKA_PORT);
            TopicSetup.ensure(KAFKA, 4, (short) 1);
            if (DATABASE.isEmpty()) {
                postgres = Backends.chosen().postgres(Ports.free(), logins);
            }
            router = HttpServer.create(new InetSocketAddress("127.0.0.1", 0), 0);
            router.createContext("/", Surroundings::answer);
            router.start();
        } catch (Exception e) {
            throw new IllegalStateException("Kafka or Postgres did not start", e);
        }
        Map<String, String> settings = new HashMap<>(Map.of(
                "trunkline.kafka", kafka.address(),
                "trunkline.pseudonym-key", "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=",
                "trunkline.admin-token", ROUTER_TOKEN,
                "trunkline.console.demo-organisation", "city",
                "trunkline.console.router-url", "http://127.0.0.1:" + router.getAddress().getPort(),
                "quarkus.datasource.jdbc.url", DATABASE.orElseGet(() -> PostgresLogins.consoleUrl(postgres.address())),
                "quarkus.datasource.username", DATABASE.isPresent() ? "postgres" : logins.console().user(),
                "quarkus.datasource.password", logins.console().password(),
                "quarkus.http.test-port", "0"));
        settings.put("trunkline.livekit.url", "http://127.0.0.1:7880");
        settings.put("trunkline.livekit.api-key", "the-key");
        settings.put("trunkline.livekit.api-secret", LIVEKIT_SECRET);
        settings.put("trunkline.console.livekit-url", LIVEKIT);
        settings.put("trunkline.console.key-requests", Integer.toString(KEY_REQUESTS));
        account(settings, "admin", "admin", "");
        account(settings, "town", "tenant", "town");
        account(settings, "city", "tenant", "city");
        account(settings, "desk", "desk", "town");
        account(settings, "anna", "desk", "town");
        account(settings, "support", "support", "town");
        return settings;
    }

    private static void account(Map<String, String> settings, String name, String role, String organisation) {
        String prefix = "trunkline.console.accounts." + name + ".";
        settings.put(prefix + "role", role);
        settings.put(prefix + "password", PASSWORD);
        if (!organisation.isEmpty()) {
            settings.put(prefix + "organisation", organisation);
        }
    }

    private static void answer(HttpExchange exchange) throws IOException {
        String token = exchange.getRequestHeaders().getFirst("Authorization").replace("Bearer ", "");
        String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        String path = exchange.getRequestURI().toString();
        ASKED.add(exchange.getRequestMethod() + " " + path + " " + token);
        String said = switch (path) {
            // The token is the name of its owner.
            case "/auth/token" -> "{\"access_token\": \"%s\"}".formatted(
                    body.contains("town") || body.contains(TOWN) ? "town" : body.contains("city") || body.contains(CITY) ? "city" : "admin");
            case "/auth/me" -> "{\"organisation\": \"%s\", \"organisationId\": \"%s\"}".formatted(token, token.equals("town") ? TOWN : CITY);
            case "/organisations" -> "{\"organisations\": [{\"name\": \"town\", \"config\": {\"label\": \"The town\"}}]}";
            default -> "{\"asked\": \"" + path + "\"}";
        };
        byte[] octets = said.getBytes(StandardCharsets.UTF_8);
        String wanted = exchange.getRequestHeaders().getFirst("Accept");
        exchange.getResponseHeaders().set("Content-Type", wanted != null && wanted.equals("application/yaml") ? wanted : "application/json");
        exchange.getResponseHeaders().set("Set-Cookie", "none=of-the-page");
        exchange.sendResponseHeaders(200, octets.length);
        exchange.getResponseBody().write(octets);
        exchange.close();
    }

    /** Tests that need to stop Postgres declare a field of this type. */
    @Override
    public void inject(TestInjector injector) {
        injector.injectIntoFields(this, new TestInjector.MatchesType(Surroundings.class));
    }

    void stopPostgres() throws IOException {
        postgres.stop();
    }

    void startPostgres() throws IOException {
        postgres.start();
    }

    @Override
    public void stop() {
        router.stop(0);
        kafka.close();
        if (DATABASE.isEmpty()) {
            postgres.close();
        }
    }
}
