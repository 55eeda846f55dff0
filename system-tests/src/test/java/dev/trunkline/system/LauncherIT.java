package dev.trunkline.system;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trunkline.system.support.Await;
import dev.trunkline.system.support.Launched;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What {@code ./trunkline run} and {@code ./trunkline call} start, as processes of their own beside the other tests. */
class LauncherIT {
    private static final Duration START_PATIENCE = Duration.ofSeconds(120);
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    /** Not a temporary folder: whoever looks into a failure needs the logs. */
    private final Path state = Launched.newState();
    private Launched run;

    @AfterEach
    void stop() {
        run.close();
    }

    @Test
    void itSaysReadyTakesACallRefusesASecondStartAndLeavesNothingBehind() throws Exception {
        run = Launched.start("dev.trunkline.local.Run", state);
        Await.until("a line that begins with ready, in " + run.output(), START_PATIENCE,
                () -> run.lines().stream().anyMatch(line -> line.startsWith("ready in ")));
        List<ProcessHandle> parts = run.descendants();
        assertThat(parts).hasSizeGreaterThan(8);

        try (Launched call = Launched.start("dev.trunkline.cli.Cli", state, "call", "+3225550100", "--seconds", "5")) {
            assertThat(call.exitCode(PATIENCE)).as(String.join("\n", call.lines())).isZero();
            String shown = String.join("\n", call.lines());
            assertThat(shown).contains("call.invite.received", "call.routed", "call.admitted", "call.answered", "call.ended");
            assertThat(shown).containsPattern("setup +\\d").containsPattern("echo delay +\\d").contains(" 0 lost");
        }
        try (Launched second = Launched.start("dev.trunkline.local.Run", state)) {
            assertThat(second.exitCode(PATIENCE)).isEqualTo(1);
            assertThat(String.join("\n", second.lines())).contains("a suite already runs here");
        }

        run.interrupt();
        assertThat(run.exitCode(PATIENCE)).as(String.join("\n", run.lines())).isEqualTo(130);
        assertThat(parts).allSatisfy(part -> assertThat(part.isAlive()).as("process " + part.pid()).isFalse());
    }
}
