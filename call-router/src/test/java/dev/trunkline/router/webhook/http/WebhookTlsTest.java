package dev.trunkline.router.webhook.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trunkline.router.metrics.RouterMetrics;
import dev.trunkline.router.routing.WebhookResult;
import dev.trunkline.router.routing.WebhookResult.Answered;
import dev.trunkline.router.routing.WebhookResult.Failed;
import dev.trunkline.router.webhook.Shop;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.Vertx;
import io.vertx.core.net.PfxOptions;
import io.vertx.core.net.TrustOptions;
import java.io.InputStream;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The connection goes to the address that was checked, and TLS still uses the name. */
class WebhookTlsTest {
    private static final String PASSWORD = "changeit";

    @TempDir
    private Path folder;

    private Vertx vertx;
    private TenantServer server;

    private record Terms() implements WebhookSettings {
        @Override
        public Duration tryFor() {
            return Duration.ofSeconds(10);
        }

        @Override
        public Duration reserve() {
            return Duration.ZERO;
        }

        @Override
        public int connections() {
            return 4;
        }

        @Override
        public int breakerFailures() {
            return 100;
        }

        @Override
        public Duration breakerRest() {
            return Duration.ofSeconds(1);
        }

        @Override
        public Optional<List<String>> allowNetworks() {
            return Optional.of(List.of("127.0.0.1"));
        }

        @Override
        public Optional<List<String>> roomDomains() {
            return Optional.empty();
        }
    }

    @BeforeEach
    void start() throws Exception {
        vertx = Vertx.vertx();
        server = TenantServer.startTls(certified("shop.test"), TenantServer.json("{\"room\":\"orders\"}"));
    }

    @AfterEach
    void stop() throws Exception {
        server.close();
        vertx.close();
    }

    private SSLContext certified(String name) throws Exception {
        Path store = store();
        Process keytool = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "keytool").toString(), "-genkeypair", "-alias",
                        "tenant", "-keyalg", "EC", "-groupname", "secp256r1", "-validity", "2", "-dname", "CN=" + name,
                        "-ext", "san=dns:" + name, "-storetype", "PKCS12", "-keystore", store.toString(), "-storepass",
                        PASSWORD)
                .redirectErrorStream(true)
                .start();
        String told = new String(keytool.getInputStream().readAllBytes());
        assertThat(keytool.waitFor()).as(told).isZero();
        KeyStore keys = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(store)) {
            keys.load(in, PASSWORD.toCharArray());
        }
        KeyManagerFactory managers = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        managers.init(keys, PASSWORD.toCharArray());
        SSLContext tls = SSLContext.getInstance("TLS");
        tls.init(managers.getKeyManagers(), null, null);
        return tls;
    }

    private Path store() {
        return folder.resolve("tenant.p12");
    }

    private TrustOptions trustingTheTenant() {
        return new PfxOptions().setPath(store().toString()).setPassword(PASSWORD);
    }

    private WebhookResult ask(String host, Optional<TrustOptions> trust) throws InterruptedException {
        Names names = name -> List.of(InetAddress.ofLiteral("127.0.0.1"));
        try (var client = new WebhookClient(
                vertx, new Terms(), new RouterMetrics(new SimpleMeterRegistry()), Clock.systemUTC(), names, trust)) {
            return client.ask(
                    Shop.at("https://" + host + ":" + server.port() + "/voice").question(),
                    Instant.now().plusSeconds(30));
        }
    }

    @Test
    void namesTheHostInTlsAndInHttp() throws Exception {
        assertThat(ask("shop.test", Optional.of(trustingTheTenant()))).isInstanceOf(Answered.class);
        assertThat(server.requests()).singleElement().satisfies(request -> {
            assertThat(request.serverName()).isEqualTo("shop.test");
            assertThat(request.headers()).containsEntry("host", "shop.test:" + server.port());
        });
    }

    @Test
    void takesNoCertificateOfAnotherName() throws Exception {
        assertThat(((Failed) ask("other.test", Optional.of(trustingTheTenant()))).why())
                .startsWith("it cannot be reached").contains("other.test");
        assertThat(server.requests()).isEmpty();
    }

    @Test
    void takesNoCertificateThatNobodyVouchesFor() throws Exception {
        assertThat(((Failed) ask("shop.test", Optional.empty())).why()).startsWith("it cannot be reached");
        assertThat(server.requests()).isEmpty();
    }
}
