package dev.trunkline.system;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trunkline.phone.AudioSource;
import dev.trunkline.phone.Call;
import dev.trunkline.phone.CallEnd;
import dev.trunkline.phone.CallRequest;
import dev.trunkline.phone.CallResult;
import dev.trunkline.phone.Phone;
import dev.trunkline.phone.PhoneSettings;
import dev.trunkline.system.support.Await;
import dev.trunkline.system.support.Launched;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
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
    void itSaysReadyTakesACallRefusesASecondStartAndLetsCallsEndBeforeItStops() throws Exception {
        List<ProcessHandle> parts = start();

        try (Launched call = Launched.start("dev.trunkline.cli.Cli", state, "call", "+3225550100", "--seconds", "5", "--expect-echo")) {
            assertThat(call.exitCode(PATIENCE)).as(String.join("\n", call.lines())).isZero();
            String shown = String.join("\n", call.lines());
            assertThat(shown).contains("call.invite.received", "call.routed", "call.admitted", "call.answered", "call.ended");
            assertThat(shown).containsPattern("setup +\\d").containsPattern("echo delay +\\d").contains(" 0 lost");
        }
        try (Launched second = Launched.start("dev.trunkline.local.Run", state)) {
            assertThat(second.exitCode(PATIENCE)).isEqualTo(1);
            assertThat(String.join("\n", second.lines())).contains("a suite already runs here");
        }

        try (Phone phone = Phone.open(PhoneSettings.calling("127.0.0.1", Launched.sipPort()).bindTo("127.0.0.1"))) {
            Call up = phone.dial(CallRequest.to("+3225550101").from("+32470000002").saying(AudioSource.echoProbe()));
            up.awaitAnswer(PATIENCE);
            run.terminate();
            Await.until("that the launcher says what it waits for, in " + run.output(), PATIENCE,
                    () -> run.lines().stream().anyMatch(line -> line.contains("1 call is up, it has 5 s")));
            Await.until("that a new call is refused", PATIENCE, () -> {
                Call late = phone.dial(CallRequest.to("+3225550101").from("+32470000003"));
                boolean refused = late.awaitFinal(PATIENCE) instanceof CallResult.Refused;
                if (late.isUp()) {
                    // The edge had not been told yet.
                    late.hangUp().toCompletableFuture().join();
                }
                return refused;
            });
            assertThat(up.isUp()).as("a call that was up goes on").isTrue();
            Optional<CallEnd> end = up.awaitEnd(PATIENCE);
            assertThat(end).as(String.join("\n", run.lines())).isPresent();
            assertThat(end.get().by()).isEqualTo(CallEnd.By.FAR_END);
            assertThat(end.get().reason()).hasValueSatisfying(reason -> assertThat(reason).contains("shutdown"));
        }
        assertThat(run.exitCode(PATIENCE)).as(String.join("\n", run.lines())).isEqualTo(143);
        assertThat(order("sip-edge has stopped", "media-relay has stopped", "call-router has stopped", "redis has stopped",
                "kafka has stopped")).as(String.join("\n", run.lines())).isSorted().doesNotContain(-1);
        assertGone(parts);
    }

    @Test
    void aSecondCtrlCEndsItAtOnce() throws Exception {
        List<ProcessHandle> parts = start();
        try (Phone phone = Phone.open(PhoneSettings.calling("127.0.0.1", Launched.sipPort()).bindTo("127.0.0.1"))) {
            phone.dial(CallRequest.to("+3225550101").from("+32470000002")).awaitAnswer(PATIENCE);
            run.interrupt();
            Await.until("that the launcher stops, in " + run.output(), PATIENCE,
                    () -> run.lines().stream().anyMatch(line -> line.contains("1 call is up")));
            run.interrupt();
            assertThat(run.exitCode(PATIENCE)).isEqualTo(130);
        }
        assertThat(run.lines()).noneMatch(line -> line.contains("sip-edge has stopped"));
        assertGone(parts);
    }

    private List<ProcessHandle> start() throws Exception {
        run = Launched.start("dev.trunkline.local.Run", state);
        Await.until("a line that begins with ready, in " + run.output(), START_PATIENCE,
                () -> run.lines().stream().anyMatch(line -> line.startsWith("ready in ")));
        List<ProcessHandle> parts = run.descendants();
        assertThat(parts).hasSizeGreaterThan(8);
        return parts;
    }

    private List<Integer> order(String... said) {
        List<String> lines = run.lines();
        return Stream.of(said)
                .map(words -> lines.indexOf(lines.stream().filter(line -> line.contains(words)).findFirst().orElse("")))
                .toList();
    }

    private static void assertGone(List<ProcessHandle> parts) throws InterruptedException {
        Await.until("that no part runs", PATIENCE, () -> parts.stream().noneMatch(ProcessHandle::isAlive));
    }
}
