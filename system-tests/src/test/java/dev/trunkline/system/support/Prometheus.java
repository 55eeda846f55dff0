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
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/** Debian's Prometheus, which scrapes the services of a suite with the rules shipped to operators. */
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

    /** Starts one with the shipped rules for the suite of the tests. */
    public static Prometheus start(SuiteUnderTest suite) throws IOException, InterruptedException {
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
        return start(Files.createTempDirectory(suite.target(), "prometheus"), config.toString());
    }

    /**
     * Starts one with this configuration.
     *
     * @param folder for the configuration, the data and the log; rule files are named relative to it
     */
    public static Prometheus start(Path folder, String config) throws IOException, InterruptedException {
        if (!Files.isExecutable(Path.of(PROGRAM))) {
            DebianPackage.install("prometheus", folder);
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

    /** Returns the names of the rules' alerts, in their order; empty while Prometheus is not up yet. */
    public List<String> rules() {
        return get("rules?type=alert").path("data").path("groups").valueStream()
                .flatMap(group -> group.path("rules").valueStream())
                .map(rule -> rule.path("name").asText())
                .toList();
    }

    /** Returns the alerts that are firing now. */
    public Set<Firing> firing() {
        return get("alerts").path("data").path("alerts").valueStream()
                .filter(alert -> alert.path("state").asText().equals("firing"))
                .map(alert -> new Firing(
                        alert.at("/labels/alertname").asText(),
                        alert.at("/labels/service").asText(),
                        alert.at("/annotations/summary").asText()))
                .collect(Collectors.toSet());
    }

    /**
     * An alert that is firing.
     *
     * @param service by its label; empty if the alert has none
     * @param summary with the values of its labels
     */
    public record Firing(String alert, String service, String summary) {}

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
