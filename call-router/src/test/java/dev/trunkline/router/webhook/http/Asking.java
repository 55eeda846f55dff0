package dev.trunkline.router.webhook.http;

import static dev.trunkline.router.webhook.http.TenantServer.json;

import dev.trunkline.router.metrics.RouterMetrics;
import dev.trunkline.router.routing.WebhookResult;
import dev.trunkline.router.routing.WebhookResult.Failed;
import dev.trunkline.router.webhook.Shop;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
/** Base of tests with a webhook client and a tenant's server on loopback. */
abstract class Asking {
    static final String ROOM = "{\"room\":\"orders\"}";

    static Vertx vertx;

    SimpleMeterRegistry metrics;
    final List<String> resolved = new CopyOnWriteArrayList<>();
    TenantServer server;
    WebhookClient client;

    @BeforeAll
    static void startVertx() {
        vertx = Vertx.vertx();
    }

    @AfterAll
    static void stopVertx() {
        vertx.close();
    }

    @BeforeEach
    void start() throws IOException {
        server = TenantServer.start(json(ROOM));
        client = client(new Terms(Duration.ofSeconds(10), 1_000, List.of("127.0.0.1/32")));
    }

    @AfterEach
    void stop() throws IOException {
        client.close();
        server.close();
    }

    record Terms(Duration tryFor, int breakerFailures, List<String> allowed) implements WebhookSettings {
        @Override
        public Duration reserve() {
            return Duration.ZERO;
        }

        @Override
        public int connections() {
            return 64;
        }

        @Override
        public Duration breakerRest() {
            return Duration.ofHours(1);
        }

        @Override
        public Optional<List<String>> allowNetworks() {
            return Optional.of(allowed).filter(list -> !list.isEmpty());
        }

        @Override
        public Optional<List<String>> roomDomains() {
            return Optional.empty();
        }
    }

    WebhookClient client(Terms terms) {
        metrics = new SimpleMeterRegistry();
        return new WebhookClient(
                vertx, terms, new RouterMetrics(metrics), Clock.systemUTC(), this::resolve, Optional.empty());
    }

    /**
     * Resolves {@code shop.test} to this machine, {@code inside.test} to a private network, and {@code both.test} to
     * both.
     */
    List<InetAddress> resolve(String host) throws UnknownHostException {
        resolved.add(host);
        return switch (host) {
            case "shop.test" -> List.of(InetAddress.ofLiteral("127.0.0.1"));
            case "inside.test" -> List.of(InetAddress.ofLiteral("10.0.0.7"));
            case "both.test" -> List.of(InetAddress.ofLiteral("10.0.0.7"), InetAddress.ofLiteral("127.0.0.1"));
            case "nowhere.test" -> throw new UnknownHostException(host);
            default -> List.of(InetAddress.getAllByName(host));
        };
    }

    String url() {
        return "http://shop.test:" + server.port() + "/voice?key=s3cret";
    }

    WebhookResult ask(String url) throws InterruptedException {
        return client.ask(Shop.at(url).question(), Instant.now().plusSeconds(30));
    }

    String failure(String url) throws InterruptedException {
        return ((Failed) ask(url)).why();
    }

    double outcomes(String outcome) {
        return metrics.get("trunkline.router.webhook.requests").tag("outcome", outcome).counter().count();
    }
}
