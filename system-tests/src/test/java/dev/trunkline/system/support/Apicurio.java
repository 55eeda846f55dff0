package dev.trunkline.system.support;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.trunkline.local.Ports;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Apicurio Registry, which knows nothing yet and keeps what it learns in memory. Maven fetches it once (160 MB), and it is kept. The
 * registries of Confluent and Aiven (Karapace) are in no package registry.
 */
public final class Apicurio implements AutoCloseable {
    private static final String VERSION = "3.3.3";
    private static final Duration PATIENCE = Duration.ofMinutes(3);
    private static final JsonMapper JSON = new JsonMapper();

    private final HttpClient http = HttpClient.newHttpClient();
    private final Process process;
    private final String url;

    private Apicurio(Process process, String url) {
        this.process = process;
        this.url = url;
    }

    public static Apicurio start() throws IOException, InterruptedException {
        Path module = SuiteUnderTest.module();
        Path logs = Files.createDirectories(module.resolve("target/apicurio"));
        Path program = prepare(module.getParent(), logs);
        int port = Ports.free();
        Path log = Files.createTempFile(logs, "apicurio-", ".log");
        ProcessBuilder builder = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin/java").toString(), "-Xmx512m",
                        "-Dquarkus.http.host=127.0.0.1", "-Dquarkus.http.port=" + port,
                        "-Dquarkus.management.host=127.0.0.1", "-Dquarkus.management.port=" + Ports.free(),
                        "-jar", program.toString())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile());
        Apicurio registry = new Apicurio(builder.start(), "http://127.0.0.1:" + port + "/apis/ccompat/v7");
        try {
            Await.until("Apicurio answers (see " + log + ")", PATIENCE, registry::answers);
        } catch (RuntimeException | AssertionError e) {
            registry.close();
            throw e;
        }
        return registry;
    }

    private static Path prepare(Path root, Path logs) throws IOException, InterruptedException {
        Path home = Path.of(System.getProperty("user.home"), ".cache/trunkline/apicurio-" + VERSION);
        Path complete = home.resolve("complete");
        if (!Files.exists(complete)) {
            // Maven remembers what it unpacked in the root's target folder, whatever has become of our folder since.
            Command.run("Apicurio could not be installed: is Maven's repository reachable?", logs.resolve("install.log"), List.of(
                    root.resolve("mvnw").toString(), "-q", "-B", "-N", "-f", root.resolve("pom.xml").toString(), "dependency:unpack",
                    "-Dartifact=io.apicurio:apicurio-registry-app:" + VERSION + ":tar.gz:all", "-DoutputDirectory=" + home,
                    "-Dmdep.overWriteReleases=true"));
            Files.writeString(complete, "Apicurio is here\n");
        }
        return home.resolve("quarkus-run.jar");
    }

    /** Returns the address of the API that it shares with Confluent's registry. */
    public String url() {
        return url;
    }

    /** Returns the numbers of a subject's versions. */
    public List<Integer> versions(String subject) {
        return get("/subjects/" + subject + "/versions").valueStream().map(JsonNode::asInt).toList();
    }

    public List<String> subjects() {
        return get("/subjects").valueStream().map(JsonNode::asText).toList();
    }

    /** Registers a schema without asking what it breaks. @param level that applies afterwards */
    public void force(String subject, String schema, String level) {
        setLevel(subject, "NONE");
        send("POST", "/subjects/" + subject + "/versions", JsonNodeFactory.instance.objectNode().put("schemaType", "JSON").put("schema", schema));
        setLevel(subject, level);
    }

    public void setLevel(String subject, String level) {
        send("PUT", "/config/" + subject, JsonNodeFactory.instance.objectNode().put("compatibility", level));
    }

    private boolean answers() {
        try {
            return http.send(request("/subjects").build(), BodyHandlers.discarding()).statusCode() == 200;
        } catch (IOException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private JsonNode get(String path) {
        return answered(request(path));
    }

    private void send(String method, String path, JsonNode body) {
        answered(request(path).header("Content-Type", "application/json").method(method, BodyPublishers.ofString(body.toString())));
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create(url + path)).timeout(PATIENCE);
    }

    private JsonNode answered(HttpRequest.Builder request) {
        try {
            HttpResponse<String> answer = http.send(request.build(), BodyHandlers.ofString());
            if (answer.statusCode() != 200) {
                throw new IllegalStateException("Apicurio answered " + answer.statusCode() + ": " + answer.body());
            }
            return JSON.readTree(answer.body());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
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
