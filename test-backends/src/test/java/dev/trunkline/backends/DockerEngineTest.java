package dev.trunkline.backends;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** The signs of an engine that make the code ask Testcontainers. */
class DockerEngineTest {
    private static final Path HOME = Path.of("/home/me");

    private static boolean silent(Map<String, String> environment, String... sockets) {
        return DockerEngine.isSilent(environment, HOME, path -> Set.of(sockets).contains(path.toString()));
    }

    @Test
    void withoutASocketAndAVariableNobodyIsAsked() {
        assertThat(silent(Map.of("XDG_RUNTIME_DIR", "/run/user/7"))).isTrue();
        assertThat(silent(Map.of(), "/run/user/7/docker.sock")).isTrue();
    }

    @Test
    void aSocketIsAskedWhereEnginesHaveThem() {
        assertThat(silent(Map.of(), "/var/run/docker.sock")).isFalse();
        assertThat(silent(Map.of(), "/home/me/.docker/run/docker.sock")).isFalse();
        assertThat(silent(Map.of(), "/home/me/.docker/desktop/docker.sock")).isFalse();
        assertThat(silent(Map.of("XDG_RUNTIME_DIR", "/run/user/7"), "/run/user/7/docker.sock")).isFalse();
    }

    @Test
    void whoeverNamesAnEngineHasItAsked() {
        assertThat(silent(Map.of("DOCKER_HOST", "tcp://127.0.0.1:2375"))).isFalse();
        assertThat(silent(Map.of(), "/home/me/.testcontainers.properties")).isFalse();
    }
}
