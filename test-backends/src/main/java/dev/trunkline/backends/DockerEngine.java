package dev.trunkline.backends;

import com.github.dockerjava.api.DockerClient;
import dev.trunkline.backends.BackendChoice.Engine;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Stream;
import org.testcontainers.DockerClientFactory;

/** Looks for a Docker engine: asks Testcontainers only if there is a sign of one. */
final class DockerEngine {
    /** The tests' ports are on loopback, so the engine must publish its ports on this machine. */
    private static final Set<String> THIS_MACHINE = Set.of("localhost", "127.0.0.1", "::1");
    /** Loggers that would print a stack trace for each strategy of Testcontainers that fails. */
    private static final List<Logger> LOUD =
            Stream.of("org.testcontainers", "tc", "com.github.dockerjava").map(Logger::getLogger).toList();

    private DockerEngine() {}

    static Engine find() {
        Path home = Path.of(System.getProperty("user.home"));
        return isSilent(System.getenv(), home, Files::exists)
                ? new Engine.Silent("no Docker engine: DOCKER_HOST is not set, and there is no socket of one")
                : asked();
    }

    /** Returns whether there is no sign of an engine. */
    static boolean isSilent(Map<String, String> environment, Path home, Predicate<Path> exists) {
        return !environment.containsKey("DOCKER_HOST") && sockets(environment, home).noneMatch(exists);
    }

    /** The places where engines listen, and where Testcontainers is configured with one. */
    private static Stream<Path> sockets(Map<String, String> environment, Path home) {
        return Stream.concat(
                Stream.of(
                        Path.of("/var/run/docker.sock"), home.resolve(".docker/run/docker.sock"),
                        home.resolve(".docker/desktop/docker.sock"), home.resolve(".testcontainers.properties")),
                Stream.ofNullable(environment.get("XDG_RUNTIME_DIR")).map(folder -> Path.of(folder, "docker.sock")));
    }

    private static Engine asked() {
        LOUD.forEach(logger -> logger.setLevel(Level.OFF));
        try {
            DockerClient client = DockerClientFactory.instance().client();
            String host = DockerClientFactory.instance().dockerHostIpAddress();
            String version = client.versionCmd().exec().getVersion();
            return THIS_MACHINE.contains(host)
                    ? new Engine.Answers("Docker " + version + " answers")
                    : new Engine.Silent("the Docker engine is at " + host + ", and the tests' ports are on this machine");
        } catch (RuntimeException | LinkageError e) {
            return new Engine.Silent("no Docker engine answers: " + e.getMessage());
        } finally {
            LOUD.forEach(logger -> logger.setLevel(Level.WARNING));
        }
    }
}
