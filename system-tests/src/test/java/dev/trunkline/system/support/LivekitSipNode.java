package dev.trunkline.system.support;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/**
 * A livekit-sip behind the livekit-server of a suite, on its Redis, with a SIP port of its own. The person who runs the test must
 * provide it: {@value #BINARY} says where it is.
 */
public final class LivekitSipNode implements AutoCloseable {
    public static final String BINARY = "trunkline.livekit-sip";
    public static final int SIP_PORT = 19_290;

    private static final int METRICS_PORT = 19_296;
    private static final int HEALTH_PORT = 19_297;
    private static final String RTP_PORTS = "33000-33999";
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final Process process;
    private final Path log;
    private final HttpClient http = HttpClient.newHttpClient();

    private LivekitSipNode(Process process, Path log) {
        this.process = process;
        this.log = log;
    }

    /** Returns the program. @throws AssertionError that says how to name it if it is not set */
    public static Path binary() {
        String named = System.getProperty(BINARY, "");
        if (named.isEmpty() || !Files.isExecutable(Path.of(named))) {
            throw new AssertionError("this test runs beside livekit-sip, and " + (named.isEmpty() ? "was not told where it is" : named + " is no program")
                    + ": name its binary by -D" + BINARY + "=/path/to/livekit-sip (docs/livekit-sip.md)");
        }
        return Path.of(named).toAbsolutePath();
    }

    /** Starts one, and returns when it accepts calls and requests. */
    public static LivekitSipNode start(GuardedSuite suite) throws IOException {
        Path log = suite.suite().logs().resolve("livekit-sip.log");
        ProcessBuilder builder = new ProcessBuilder(binary().toString()).redirectErrorStream(true).redirectOutput(log.toFile());
        builder.environment().put("SIP_CONFIG_BODY", configuration(suite));
        var node = new LivekitSipNode(builder.start(), log);
        try {
            Await.until("livekit-sip is ready, see " + log, PATIENCE, node::isReady);
            // It subscribes after it has reported that it is ready.
            Await.pause(1_000);
            return node;
        } catch (AssertionError e) {
            node.close();
            throw e;
        }
    }

    private static String configuration(GuardedSuite suite) {
        URI redis = URI.create(suite.suite().backends().redis());
        return """
                api_key: %s
                api_secret: %s
                ws_url: %s
                redis:
                  address: %s:%d
                  password: %s
                sip_port: %d
                listen_ip: 127.0.0.1
                nat_1_to_1_ip: 127.0.0.1
                rtp_port: %s
                prometheus_port: %d
                health_port: %d
                # The phones and the suite are on this machine too: it takes calls however busy that is.
                max_cpu_utilization: 1
                logging:
                  level: info
                """.formatted(
                suite.suite().liveKitKey(), suite.suite().liveKitSecret(), suite.suite().backends().liveKit(),
                redis.getHost(), redis.getPort(), redis.getUserInfo().replaceFirst("^[^:]*:", ""), SIP_PORT, RTP_PORTS, METRICS_PORT, HEALTH_PORT);
    }

    private boolean isReady() {
        if (!process.isAlive()) {
            throw new AssertionError("livekit-sip ended with exit code " + process.exitValue() + ", see " + log);
        }
        try {
            return http.send(HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + HEALTH_PORT)).build(), BodyHandlers.discarding())
                    .statusCode() == 200;
        } catch (IOException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    public long pid() {
        return process.pid();
    }

    /** Returns its metrics. */
    public Metrics metrics() {
        return new Metrics(http, URI.create("http://127.0.0.1:" + METRICS_PORT + "/metrics"));
    }

    /** Ends it together with its calls. */
    @Override
    public void close() {
        process.destroyForcibly();
        try {
            process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        http.close();
    }
}
