package dev.trunkline.local.aot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JvmTest {
    @TempDir
    Path root;

    @Test
    void flagsOfOneStartStandBehindThoseOfTheJvmAndBeforeTheProgram() {
        var jvm = new Jvm("kafka", List.of("-Xmx1m"), "a.jar:b.jar", Optional.of("Main"));
        assertThat(jvm.command(List.of("-XX:+X"), "folder", "1").stream().skip(1))
                .containsExactly("-Xmx1m", "-XX:+X", "-cp", "a.jar:b.jar", "Main", "folder", "1");
        assertThat(new Jvm("edge", List.of(), "run.jar", Optional.empty()).command(List.of()).stream().skip(1))
                .containsExactly("-jar", "run.jar");
    }

    @Test
    void aServiceIsMadeOfEveryJarOfItsFolder() throws IOException {
        Path app = Files.createDirectories(root.resolve("sip-edge/target/quarkus-app"));
        Path lib = Files.createDirectories(app.resolve("lib/main"));
        for (Path file : List.of(app.resolve("quarkus-run.jar"), lib.resolve("b.jar"), lib.resolve("a.jar"), lib.resolve("notes.txt"))) {
            Files.writeString(file, "");
        }
        assertThat(Jvm.service(root, "sip-edge").jars())
                .containsExactly(lib.resolve("a.jar"), lib.resolve("b.jar"), app.resolve("quarkus-run.jar"));
    }

    @Test
    void theScriptStartsTheLauncherWithTheFlagsThatItsCacheIsMadeWith() throws IOException {
        String flags = String.join(" ", Jvm.launcher("Main").flags());
        assertThat(Files.readString(Path.of("../../trunkline")).lines().filter(line -> line.contains("exec \"$JAVA_HOME/bin/java\"")))
                .anyMatch(line -> line.contains("/bin/java\" " + flags + " ${cached"));
    }

    @Test
    void whatIsNotBuiltIsSaid() {
        assertThatThrownBy(() -> Jvm.service(root, "sip-edge")).isInstanceOf(IOException.class).hasMessageContaining("build it with");
        assertThatThrownBy(() -> Jvm.demoAgent(root)).isInstanceOf(IOException.class).hasMessageContaining("build it with");
    }

    @Test
    void classesInFoldersHaveNoCache() throws IOException {
        Path jar = Files.writeString(root.resolve("a.jar"), "");
        assertThat(new Jvm("x", List.of(), jar.toString(), Optional.of("Main")).fromJarsAlone()).isTrue();
        assertThat(new Jvm("x", List.of(), jar + ":" + root, Optional.of("Main")).fromJarsAlone()).isFalse();
    }

    @Test
    void aPartWithoutACacheGetsNoFlags() {
        var aot = new AotUse.Cached(Map.of("kafka", Path.of("/c/kafka.aot")));
        assertThat(aot.flags("kafka")).contains("-XX:AOTCache=/c/kafka.aot", "-XX:+VerifySharedSpaces");
        assertThat(aot.flags("sip-edge")).isEmpty();
    }
}
