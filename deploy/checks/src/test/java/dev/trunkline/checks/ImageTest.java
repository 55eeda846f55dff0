package dev.trunkline.checks;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trunkline.local.Ports;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * Assembles the contents of an image and starts them as an engine would: as an unprivileged user, with only /tmp writable, and from a
 * folder other than the one they were built in. No engine runs here, so the Dockerfile itself is checked only by a few rules.
 */
class ImageTest {
    private static final Path IMAGES = Repository.ROOT.resolve("deploy/images");
    private static final String SERVICE = "rate-limiter";
    private static final int PATIENCE_SECONDS = 60;

    @Test
    void a_service_starts_from_what_is_in_its_image_read_only_as_nobody_and_by_its_aot_cache() throws Exception {
        Path folder = Files.createTempDirectory("trunkline-image");
        Path log = Repository.target("images").resolve("service.log");
        try {
            Tools.run(List.of(IMAGES.resolve("images").toString(), "--context", SERVICE, folder.resolve("context").toString())).orFail("images --context");
            Tools.run(List.of(IMAGES.resolve("build-root").toString(), folder.resolve("context").toString(), folder.resolve("build").toString()))
                    .orFail("build-root");
            // An image is put together in one place and started in another.
            Path root = Files.move(folder.resolve("build"), folder.resolve("image"));
            assertThat(root.resolve("opt/trunkline/LICENSE")).exists();
            assertThat(Files.readString(root.resolve("etc/passwd"))).contains(":10001:10001:");
            int port = Ports.free();
            Path scratch = Files.createDirectory(folder.resolve("tmp"));
            Tools.run(List.of("chmod", "1777", scratch.toString())).orFail("chmod");
            Process process = start(root, scratch, port, log);
            try {
                assertThat(health(port, process, log).body()).contains("\"UP\"");
                assertThat(owner(process)).as("the user of the process").isNotEqualTo("0");
                awaitJson(process, log);
            } finally {
                process.descendants().forEach(ProcessHandle::destroy);
                process.destroy();
                assertThat(process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)).isTrue();
            }
        } finally {
            delete(folder);
        }
    }

    @Test
    void the_dockerfile_starts_as_nobody_with_the_flags_of_the_recording() throws Exception {
        String file = Files.readString(IMAGES.resolve("Dockerfile"));
        assertThat(file).contains("USER 10001:10001").contains("WORKDIR /opt/trunkline").contains("\"@java.args\", \"-XX:AOTCache=app.aot\", \"-jar\", \"quarkus-run.jar\"");
        assertThat(Files.readString(IMAGES.resolve("build-root"))).contains("@java.args -XX:AOTCacheOutput=").contains("-jar quarkus-run.jar");
        assertThat(file.lines().filter(line -> line.startsWith("FROM")).count()).isEqualTo(2);
    }

    @Test
    void each_service_has_an_image() throws Exception {
        Tools.Output said = Tools.run(List.of("bash", "-c", "eval \"$(sed -n '/^all()/p' deploy/images/images)\"; root=. all"));
        assertThat(said.orFail("the list of services").text().lines()).containsExactlyInAnyOrderElementsOf(Repository.services().keySet());
    }

    /** In a mount namespace of its own, where we may make one: else as we are, and the files are without write bits all the same. */
    private static Process start(Path root, Path scratch, int port, Path log) throws IOException, InterruptedException {
        Path home = root.resolve("opt/trunkline");
        List<String> java = List.of(root.resolve("opt/java/bin/java").toString(), "@java.args", "-XX:AOTCache=app.aot", "-XX:AOTMode=on", "-jar", "quarkus-run.jar");
        List<String> command = new ArrayList<>();
        if ("root".equals(System.getProperty("user.name")) && Tools.run(List.of("unshare", "--mount", "true")).exitCode() == 0) {
            // Whoever made the folder may be the only one who may enter it.
            String mounts = "mount --bind '%1$s' '%1$s' && mount -o remount,ro,bind '%1$s' && cd '%2$s' && ! touch x 2>/dev/null && exec setpriv --reuid 10001 --regid 10001 --clear-groups --no-new-privs --inh-caps=-all --bounding-set=-all \"$@\""
                    .formatted(root, home);
            Tools.run(List.of("chmod", "a+x", root.getParent().toString())).orFail("chmod");
            command.addAll(List.of("unshare", "--mount", "bash", "-c", mounts, "bash"));
        }
        command.addAll(java);
        ProcessBuilder builder = new ProcessBuilder(command).directory(home.toFile()).redirectErrorStream(true).redirectOutput(log.toFile());
        builder.environment().keySet().removeIf(name -> name.startsWith("JAVA") || name.startsWith("JDK") || name.startsWith("MAVEN"));
        // A container has a /tmp of its own; in that of this machine others keep theirs from us.
        builder.environment().put("QUARKUS_VERTX_CACHE_DIRECTORY", scratch.resolve("vertx").toString());
        builder.environment().put("TRUNKLINE_BIND", "127.0.0.1");
        builder.environment().put("QUARKUS_HTTP_PORT", Integer.toString(port));
        builder.environment().put("TRUNKLINE_KAFKA", "127.0.0.1:1");
        builder.environment().put("TRUNKLINE_LOG_JSON", "true");
        builder.environment().put("TRUNKLINE_REDIS", "redis://127.0.0.1:1");
        return builder.start();
    }

    private static HttpResponse<String> health(int port, Process process, Path log) throws IOException, InterruptedException {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
        try (HttpClient http = HttpClient.newHttpClient()) {
            while (true) {
                try {
                    return http.send(HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/q/health/live")).build(), BodyHandlers.ofString());
                } catch (IOException e) {
                    if (!process.isAlive() || System.nanoTime() > end) {
                        throw new AssertionError("the service did not answer:\n" + Files.readString(log), e);
                    }
                    TimeUnit.MILLISECONDS.sleep(100);
                }
            }
        }
    }

    /** The setting for logs is what it says, too: once the service has begun, its lines are objects. */
    private static void awaitJson(Process process, Path log) throws IOException, InterruptedException {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
        while (true) {
            for (String line : Files.readAllLines(log)) {
                if (line.startsWith("{") && line.endsWith("}")) {
                    assertThat(new com.fasterxml.jackson.databind.json.JsonMapper().readTree(line).path("service").asText()).isEqualTo(SERVICE);
                    return;
                }
            }
            if (!process.isAlive() || System.nanoTime() > end) {
                throw new AssertionError("no line of the log is JSON:\n" + Files.readString(log));
            }
            TimeUnit.MILLISECONDS.sleep(100);
        }
    }

    private static String owner(Process process) throws IOException {
        return Files.getAttribute(Path.of("/proc/" + process.pid()), "unix:uid").toString();
    }

    private static void delete(Path folder) throws IOException, InterruptedException {
        Tools.run(List.of("chmod", "-R", "u+w", folder.toString()));
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(java.util.Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }
}
