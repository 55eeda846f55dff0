package dev.trunkline.system.support;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.trunkline.local.Ports;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Debian's Prometheus, which scrapes the services of a suite each second with the rules shipped to operators. */
public final class Prometheus implements AutoCloseable {
    private static final String PROGRAM = "/usr/bin/prometheus";
    private static final JsonMapper JSON = new JsonMapper();

    private final HttpClient http = HttpClient.newHttpClient();
    private final Process process;
    private final URI api;

    private Prometheus(Process process, URI api) {
        this.process = process;
        this.api = api;
    }

    public static Prometheus start(SuiteUnderTest suite) throws IOException, InterruptedException {
        Path folder = Files.createTempDirectory(suite.target(), "prometheus");
        if (!Files.isExecutable(Path.of(PROGRAM))) {
            DebianPackage.install("prometheus", folder);
        }
        StringBuilder config = new StringBuilder("""
                global: {scrape_interval: 1s, evaluation_interval: 1s}
                rule_files: ["%s"]
                scrape_configs:
                  - job_name: trunkline
                    metrics_path: /q/metrics
                    static_configs:
                """.formatted(suite.root().resolve("deploy/observability/alerts.yaml")));
        for (String service : SuiteUnderTest.SERVICES) {
            URI health = suite.suite().process(service).health().orElseThrow();
            config.append("      - {targets: [\"%s:%d\"], labels: {service: %s}}\n".formatted(health.getHost(), health.getPort(), service));
        }
        Path file = Files.writeString(folder.resolve("prometheus.yaml"), config);
        int port = Ports.free();
        Process process = new ProcessBuilder(List.of(
                        PROGRAM, "--config.file=" + file, "--storage.tsdb.path=" + folder.resolve("data"),
                        "--web.listen-address=127.0.0.1:" + port, "--log.level=warn"))
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("prometheus.log").toFile())
                .start();
        return new Prometheus(process, URI.create("http://127.0.0.1:" + port + "/api/v1/"));
    }

    /** Returns the current result of a query; empty while Prometheus is not up yet. */
    public JsonNode result(String query) {
        return get("query?query=" + URLEncoder.encode(query, StandardCharsets.UTF_8)).path("data").path("result");
    }

    /** Returns whether an alert of that name is firing or pending. */
    public boolean alerts(String name) {
        for (JsonNode alert : get("alerts").path("data").path("alerts")) {
            if (alert.at("/labels/alertname").asText().equals(name)) {
                return true;
            }
        }
        return false;
    }

    private JsonNode get(String path) {
        try {
            return JSON.readTree(http.send(HttpRequest.newBuilder(api.resolve(path)).build(), BodyHandlers.ofString()).body());
        } catch (IOException e) {
            return JSON.missingNode();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return JSON.missingNode();
        }
    }

    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(20, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            process.destroyForcibly();
        }
    }
}
