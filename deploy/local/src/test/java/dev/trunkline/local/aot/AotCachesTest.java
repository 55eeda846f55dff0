package dev.trunkline.local.aot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.trunkline.local.OwnerOnly;
import dev.trunkline.local.Progress;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** When caches are made and used; where it matters with a real JVM that records, makes caches and starts from them. */
class AotCachesTest {
    @TempDir
    Path temp;

    private final List<String> said = new CopyOnWriteArrayList<>();
    private final Map<String, String> environment = new HashMap<>();
    private TinyProgram program;
    private Path folder;
    private int trained;

    @BeforeEach
    void build() throws IOException {
        program = TinyProgram.in(temp);
        folder = temp.resolve("state/aot");
    }

    @Test
    void aJvmStartsFromTheCacheThatATrainingRunLeftAndTheNextStartTrainsNoMore() throws Exception {
        AotUse first = prepareReally(program.jvm());
        assertThat(program.run(first.flags("tiny"))).containsExactly("mapped 1");
        assertThat(said).anyMatch(line -> line.contains("making AOT caches (there are none yet)")
                && line.contains("TRUNKLINE_AOT=off"));

        AotUse second = prepareReally(program.jvm());
        assertThat(trained).isOne();
        assertThat(second.flags("tiny")).isEqualTo(first.flags("tiny"));
        assertThat(program.run(new AotUse.None().flags("tiny"))).containsExactly("mapped 0");
    }

    @Test
    void whatBelongsToACacheIsForItsOwnerAloneAndNothingIsLeftOfTheTraining() throws Exception {
        prepare(program.jvm());

        try (var files = Files.list(folder)) {
            assertThat(files.map(file -> file.getFileName().toString()))
                    .containsExactlyInAnyOrder("tiny.aot", "tiny.aot.made-of", "lock");
        }
        try (var files = Files.walk(folder)) {
            assertThat(files).allSatisfy(file -> assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                    .as(file.toString())
                    .endsWith("------"));
        }
    }

    @Test
    void aJarThatWasBuiltAgainHasACacheMadeAgain() throws Exception {
        prepare(program.jvm());
        program.buildAgain();

        AotUse after = prepare(program.jvm());

        assertThat(trained).isEqualTo(2);
        assertThat(said).anyMatch(line -> line.contains("making AOT caches (tiny.jar changed)"));
        assertThat(after.flags("tiny")).contains("-XX:AOTCache=" + folder.resolve("tiny.aot"));
    }

    @Test
    void flagsOfTheJvmThatChangedHaveACacheMadeAgain() throws Exception {
        prepare(program.jvm());
        prepare(program.jvm(List.of("-Xmx96m", "-XX:+UseSerialGC")));
        assertThat(said).anyMatch(line -> line.contains("JVM flags changed (of the JVM)"));

        environment.put("JAVA_TOOL_OPTIONS", "-Dx=y");
        prepare(program.jvm(List.of("-Xmx96m", "-XX:+UseSerialGC")));
        assertThat(said).anyMatch(line -> line.contains("JVM flags changed (JAVA_TOOL_OPTIONS)"));
        assertThat(trained).isEqualTo(3);
    }

    @Test
    void aCacheThatWasCutOffIsMadeAgain() throws Exception {
        prepare(program.jvm());
        try (FileChannel cache = FileChannel.open(folder.resolve("tiny.aot"), StandardOpenOption.WRITE)) {
            cache.truncate(cache.size() / 2);
        }

        prepare(program.jvm());

        assertThat(trained).isEqualTo(2);
        assertThat(said).anyMatch(line -> line.contains("making AOT caches (tiny.aot was changed after it was made)"));
    }

    @Test
    void aCacheThatIsDamagedInTheMiddleIsRefusedByTheJvmWhichSaysSoAndGoesOn() throws Exception {
        AotUse aot = prepareReally(program.jvm());
        Path cache = folder.resolve("tiny.aot");
        var before = Files.getLastModifiedTime(cache);
        byte[] bytes = Files.readAllBytes(cache);
        for (int i = bytes.length / 2; i < bytes.length / 2 + 4_096; i++) {
            bytes[i] ^= 0x5a;
        }
        Files.write(cache, bytes);
        Files.setLastModifiedTime(cache, before);

        assertThat(prepare(program.jvm())).as("size and time are as they were").isEqualTo(aot);
        assertThat(program.run(aot.flags("tiny"))).contains("mapped 0").anyMatch(line -> line.contains("[aot]"));
    }

    @Test
    void whatRunsWithoutTheCacheThatItWasGivenIsFoundOut() {
        long self = ProcessHandle.current().pid();
        var aot = new AotUse.Cached(Map.of("tiny", folder.resolve("tiny.aot"), "other", folder.resolve("other.aot")));
        assertThat(AotRefusals.of(aot, Map.of("tiny", self))).containsExactly("tiny");
        assertThat(AotRefusals.of(new AotUse.None(), Map.of("tiny", self))).isEmpty();
    }

    @Test
    void aTrainingRunThatFailsIsSaidAndNotTriedAgainBeforeSomethingChanged() throws Exception {
        AotCaches.Trainer failing = (training, jvms) -> {
            trained++;
            throw new IOException("port 1 is taken");
        };
        assertThat(caches(failing).prepare(List.of(program.jvm())).flags("tiny")).isEmpty();
        assertThat(said).anyMatch(line -> line.contains("the training run failed: port 1 is taken"));
        assertThat(caches(failing).prepare(List.of(program.jvm())).flags("tiny")).isEmpty();
        assertThat(trained).isOne();
        assertThat(said).anyMatch(line -> line.startsWith("no AOT cache for tiny") && line.contains(folder.toString()));

        program.buildAgain();
        assertThat(prepare(program.jvm()).flags("tiny")).isNotEmpty();
    }

    @Test
    void aTrainingRunThatIsInterruptedLeavesNothingAndIsTriedAgain() throws Exception {
        AotCaches.Trainer interrupted = (training, jvms) -> {
            Files.createDirectories(training.resolve("state"));
            throw new InterruptedException();
        };
        assertThatThrownBy(() -> caches(interrupted).prepare(List.of(program.jvm()))).isInstanceOf(InterruptedException.class);
        assertThat(folder.resolve("training")).doesNotExist();

        assertThat(prepare(program.jvm()).flags("tiny")).isNotEmpty();
    }

    @Test
    void whileAnotherStartMakesThemThisOneGoesOnWithout() throws Exception {
        AotCaches.Trainer meanwhile = (training, jvms) -> {
            try (var other = Executors.newSingleThreadExecutor()) {
                assertThat(other.submit(() -> prepare(program.jvm())).get()).isEqualTo(new AotUse.None());
            } catch (ExecutionException e) {
                throw new IOException(e);
            }
            return made(training, jvms);
        };
        assertThat(caches(meanwhile).prepare(List.of(program.jvm())).flags("tiny")).isNotEmpty();
        assertThat(said).anyMatch(line -> line.contains("another start from this checkout is making them now"));
        assertThat(trained).isOne();
    }

    @Test
    void aPartThatRecordedNothingStartsWithoutAndTheOthersWith() throws Exception {
        Jvm silent = new Jvm("silent", List.of(), program.jvm().classPath(), program.jvm().main());

        AotUse aot = caches((training, jvms) -> train(training, jvms, program.jvm())).prepare(List.of(program.jvm(), silent));

        assertThat(aot.flags("silent")).isEmpty();
        assertThat(program.run(aot.flags("tiny"))).containsExactly("mapped 1");
        assertThat(said).anyMatch(line -> line.contains("no cache for silent: it recorded nothing"));
    }

    private AotUse prepareReally(Jvm jvm) throws InterruptedException {
        return caches((training, jvms) -> train(training, jvms, jvm)).prepare(List.of(jvm));
    }

    /** Prepares caches that no JVM would accept. */
    private AotUse prepare(Jvm jvm) throws InterruptedException {
        return caches(this::made).prepare(List.of(jvm));
    }

    private Map<Jvm, Path> made(Path training, List<Jvm> jvms) throws IOException {
        trained++;
        Files.createDirectories(training);
        Map<Jvm, Path> made = new HashMap<>();
        for (Jvm jvm : jvms) {
            Path cache = training.resolve(jvm.part() + ".aot");
            OwnerOnly.write(cache, "a cache of " + jvm.part());
            made.put(jvm, cache);
        }
        return made;
    }

    private AotCaches caches(AotCaches.Trainer trainer) {
        return new AotCaches(folder, environment, trainer, new Progress() {
            @Override
            public void say(String line) {
                said.add(line);
            }

            @Override
            public void started(String part) {}
        });
    }

    /** Differs from a training run only in that the program is not a suite. */
    private Map<Jvm, Path> train(Path training, List<Jvm> jvms, Jvm recording) throws IOException, InterruptedException {
        trained++;
        Files.createDirectories(training);
        Process process = new ProcessBuilder(new ArrayList<>(recording.command(new AotUse.Recorded(training).flags("tiny"))))
                .redirectErrorStream(true)
                .start();
        List<String> lines = process.inputReader().lines().toList();
        assertThat(process.waitFor()).as(String.join("\n", lines)).isZero();
        return new Assembly(training, new Progress() {
            @Override
            public void say(String line) {
                said.add(line.strip());
            }

            @Override
            public void started(String part) {}
        }).of(jvms);
    }
}
