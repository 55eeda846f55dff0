package dev.trunkline.router.service;

import com.sun.net.httpserver.HttpServer;
import dev.trunkline.backends.Backend;
import dev.trunkline.backends.Backends;
import dev.trunkline.bus.KafkaAddress;
import dev.trunkline.bus.TopicSetup;
import dev.trunkline.local.PostgresLogins;
import dev.trunkline.router.auth.Tokens;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Map;

/** A real Kafka and a real Postgres for the service under test. */
public class RouterSurroundings implements QuarkusTestResourceLifecycleManager {
    static final String SEAL_KEY = "c2VhbC1rZXktb2YtdGhlLXRlc3RzLTMyLWJ5dGVzISE=";
    static final String PSEUDONYM_KEY = "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=";
    static final String VOICEMAIL_KEY = "dm9pY2VtYWlsLWtleS1vZi10aGUtdGVzdHMtMzIteHg=";
    static final Path MESSAGES = Path.of("target/messages").toAbsolutePath();
    static final String ADMIN_TOKEN = "token-of-the-tests";
    /** The service's own port, as in application.properties; the ports after it are for the backends that it needs. */
    static final int HTTP_PORT = Integer.getInteger("test.ports", 17701);
    static final int KAFKA_PORT = HTTP_PORT + 1;
    static final int POSTGRES_PORT = HTTP_PORT + 2;
    /** The logins of a suite on one machine, whose router is not a superuser. */
    static final PostgresLogins LOGINS = PostgresLogins.make(new SecureRandom());
    static final int PROVIDER_PORT = HTTP_PORT + 3;
    static final String PROVIDER = "https://id.example/realms/town";

    private final Tokens provider = new Tokens(PROVIDER, "town-1");
    private HttpServer providerKeys;

    private Backend kafka;
    private Backend postgres;

    @Override
    public Map<String, String> start() {
        // Quarkus calls this on a thread of the common pool, and Kafka's client loads classes by name.
        Thread.currentThread().setContextClassLoader(RouterSurroundings.class.getClassLoader());
        try {
            kafka = Backends.chosen().kafka(KAFKA_PORT);
            TopicSetup.ensure(KafkaAddress.of(kafka.address()), 4, (short) 1);
            postgres = Backends.chosen().postgres(POSTGRES_PORT, LOGINS);
            providerKeys = HttpServer.create(new InetSocketAddress("127.0.0.1", PROVIDER_PORT), 0);
            providerKeys.createContext("/keys", exchange -> {
                byte[] keys = provider.jwks().getBytes(StandardCharsets.UTF_8);
                exchange.sendResponseHeaders(200, keys.length);
                exchange.getResponseBody().write(keys);
                exchange.close();
            });
            providerKeys.start();
        } catch (Exception e) {
            throw new IllegalStateException("no Kafka or Postgres for the tests", e);
        }
        return Map.ofEntries(
                Map.entry("trunkline.kafka", kafka.address()),
                Map.entry("trunkline.seal-key", SEAL_KEY),
                Map.entry("trunkline.pseudonym-key", PSEUDONYM_KEY),
                Map.entry("trunkline.admin-token", ADMIN_TOKEN),
                Map.entry("trunkline.voicemail.key", VOICEMAIL_KEY),
                Map.entry("trunkline.voicemail.store", MESSAGES.toUri().toString()),
                Map.entry("trunkline.voicemail.sweep", "1s"),
                // The tests' webhooks are on this machine.
                Map.entry("trunkline.webhook.allow-networks", "127.0.0.0/8"),
                Map.entry("trunkline.webhook.try-for", "20s"),
                Map.entry("trunkline.auth.issuer", PROVIDER),
                Map.entry("trunkline.auth.audience", "call-router"),
                Map.entry("trunkline.auth.clock-skew", "0s"),
                Map.entry("trunkline.auth.jwks-url", "http://127.0.0.1:" + PROVIDER_PORT + "/keys"),
                Map.entry("trunkline.auth.role-claim", "realm_access/roles"),
                Map.entry("trunkline.auth.organisation-claim", "town"),
                Map.entry("quarkus.datasource.jdbc.url", postgres.address()),
                Map.entry("quarkus.datasource.username", LOGINS.owner().user()),
                Map.entry("quarkus.datasource.password", LOGINS.owner().password()),
                Map.entry("trunkline.tenant-login.user", LOGINS.tenants().user()),
                Map.entry("trunkline.tenant-login.password", LOGINS.tenants().password()));
    }

    /** Tests that need to stop Postgres declare a field of this type. */
    @Override
    public void inject(TestInjector injector) {
        injector.injectIntoFields(this, new TestInjector.MatchesType(RouterSurroundings.class));
    }

    /** Returns the OpenID provider that the service trusts. */
    Tokens provider() {
        return provider;
    }

    void stopPostgres() throws IOException {
        postgres.stop();
    }

    void startPostgres() throws IOException {
        postgres.start();
    }

    @Override
    public void stop() {
        if (kafka != null) {
            kafka.close();
        }
        if (providerKeys != null) {
            providerKeys.stop(0);
        }
        if (postgres != null) {
            postgres.close();
        }
    }
}
