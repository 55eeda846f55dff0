package dev.trunkline.local;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SupervisorTest {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @TempDir
    Path folder;

    private final List<String> said = new CopyOnWriteArrayList<>();
    private final Progress progress = new Progress() {
        @Override
        public void say(String line) {
            said.add(line);
        }

        @Override
        public void started(String part) {}
    };
    private final List<ChildProcess> parts = new ArrayList<>();

    @AfterEach
    void end() {
        parts.forEach(ChildProcess::killNow);
    }

    private ChildProcess part(String name, String script) throws IOException {
        var part = new ChildProcess(
                name, List.of("/bin/sh", "-c", script), Map.of(), new LogFile(folder.resolve(name + ".log"), LogFile.DEFAULT_LIMITS),
                new ReadySign.None());
        parts.add(part);
        part.start();
        return part;
    }

    private Supervisor over(ChildProcess part) {
        return Supervisor.over(List.of(part), name -> part.start(), progress, Instant::now);
    }

    private static void await(String what, BooleanSupplier condition) throws InterruptedException {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime()).as("waited for " + what).isLessThan(end);
            Thread.sleep(20);
        }
    }

    @Test
    void whatIsKilledIsBackAndItIsSaid() throws Exception {
        ChildProcess part = part("call-router", "exec sleep 600");
        long first = part.pid();
        try (Supervisor ignored = over(part)) {
            part.kill();
            await("the second life", () -> part.isAlive() && part.pid() != first && said.size() == 2);
        }
        assertThat(said.getFirst())
                .startsWith("call-router died (signal 9, killed), see ")
                .endsWith("call-router.log: restarting it in 1 s");
        assertThat(said.getLast()).isEqualTo("call-router is up again");
    }

    @Test
    void whatDiesAgainAndAgainIsGivenUpWithTheReason() throws Exception {
        ChildProcess part = part("call-router", "exit 3");
        // The clock stands still, so five deaths happen within a minute however slow the machine is.
        Instant now = Instant.now();
        try (Supervisor ignored = Supervisor.over(List.of(part), name -> part.start(), progress, () -> now)) {
            await("that it is given up", () -> said.stream().anyMatch(line -> line.contains("is not restarted")));
        }
        assertThat(said.getLast())
                .startsWith("call-router died (exit code 3), see ")
                .contains("it died 5 times within a minute and is not restarted; the rest continues without it");
        assertThat(said.stream().filter(line -> line.contains("restarting it in"))).hasSize(4);
    }

    @Test
    void whatDiesWhenTheSupervisorIsClosedStaysDead() throws Exception {
        ChildProcess part = part("call-router", "exec sleep 600");
        over(part).close();
        part.kill();
        // Longer than the first pause.
        Thread.sleep(RestartPolicy.FIRST_PAUSE.plusMillis(500));
        assertThat(part.isAlive()).isFalse();
        assertThat(said).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {"3 | exit code 3", "0 | exit code 0", "137 | signal 9, killed", "134 | signal 6", "255 | exit code 255"})
    void aDeathInWords(int exitCode, String words) {
        assertThat(Supervisor.words(exitCode)).isEqualTo(words);
    }
}
