package dev.trunkline.system;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trunkline.local.RunningSuite;
import dev.trunkline.phone.AudioSource;
import dev.trunkline.phone.Call;
import dev.trunkline.phone.CallEnd;
import dev.trunkline.phone.CallRequest;
import dev.trunkline.phone.CallResult;
import dev.trunkline.phone.Phone;
import dev.trunkline.phone.PhoneSettings;
import dev.trunkline.system.support.Await;
import dev.trunkline.system.support.Launched;
import dev.trunkline.system.support.RouterApi;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The processes that {@code ./trunkline run} and {@code ./trunkline call} start, on their own beside the other tests. */
class LauncherIT {
    private static final Duration START_PATIENCE = Duration.ofSeconds(120);
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    /** The minimum setting: 100 kB per file. */
    private static final int LOG_MEGABYTES = 4;
    private static final String CHANGED = "+3225550101";

    /** Not a temporary folder, because the logs are needed to investigate a failure. */
    private final Path state = Launched.newState();
    private Launched run;

    @AfterEach
    void stop() {
        run.close();
    }

    @Test
    void itTakesCallsSaysWhoHasItsPortsStartsAgainWhatDiesLetsCallsEndAndKeepsWhatATenantChanged() throws Exception {
        List<ProcessHandle> parts = start();
        callWithEcho();
        aSecondStartIsRefused();
        aSuiteOfAnotherFolderIsToldWhoHasItsPorts();
        whatIsKilledIsBackAndTakesCalls();
        RouterApi tenant = Launched.tenantOf(state, "demo");
        tenant.json("PATCH", "/numbers/" + CHANGED, "{\"label\": \"Ours\"}");
        itLetsACallEndBeforeItStops();
        assertThat(run.exitCode(PATIENCE)).as(String.join("\n", run.lines())).isEqualTo(143);
        assertThat(order("sip-edge has stopped", "media-relay has stopped", "call-router has stopped", "redis has stopped",
                "kafka has stopped")).as(String.join("\n", run.lines())).isSorted().doesNotContain(-1);
        assertGone(parts);
        logsHaveDatesAndABound();

        parts = start();
        assertThat(labelOf(CHANGED)).as("after a restart").isEqualTo("Ours");
        try (Launched demo = Launched.start("dev.trunkline.cli.Cli", state, "demo")) {
            assertThat(demo.exitCode(PATIENCE)).as(String.join("\n", demo.lines())).isZero();
            assertThat(String.join("\n", demo.lines())).contains(CHANGED, "label");
        }
        assertThat(labelOf(CHANGED)).as("the demo loaded again").startsWith("Echo");
        aSecondCtrlCEndsItAtOnce();
        assertGone(parts);
    }

    private void callWithEcho() throws Exception {
        try (Launched call = Launched.start("dev.trunkline.cli.Cli", state, "call", "+3225550100", "--seconds", "5", "--expect-echo")) {
            assertThat(call.exitCode(PATIENCE)).as(String.join("\n", call.lines())).isZero();
            String shown = String.join("\n", call.lines());
            assertThat(shown).contains("call.invite.received", "call.routed", "call.admitted", "call.answered", "call.ended");
            assertThat(shown).containsPattern("setup +\\d").containsPattern("echo delay +\\d").contains(" 0 lost");
        }
    }

    private void aSecondStartIsRefused() throws Exception {
        try (Launched second = Launched.start("dev.trunkline.local.Run", state)) {
            assertThat(second.exitCode(PATIENCE)).isEqualTo(1);
            assertThat(String.join("\n", second.lines())).contains("a suite already runs here");
        }
    }

    private void aSuiteOfAnotherFolderIsToldWhoHasItsPorts() throws Exception {
        Map<String, Long> pids = RunningSuite.load(state).pids();
        try (Launched other = Launched.start("dev.trunkline.local.Run", state.resolveSibling("other"))) {
            assertThat(other.exitCode(PATIENCE)).isEqualTo(1);
            String said = String.join("\n", other.lines());
            for (String part : List.of("sip-edge", "call-router", "rate-limiter", "media-relay", "agent-dispatcher")) {
                assertThat(said).containsPattern("TCP \\d+ \\(" + part + "\\) is taken by process " + pids.get(part)
                        + ", java .*/" + part + "/target/.*: stop it, or set TRUNKLINE_HTTP_PORT");
            }
            assertThat(said).contains("UDP %d (SIP) is taken by process %d, ".formatted(Launched.sipPort(), pids.get("sip-edge")));
            assertThat(said).containsPattern("livekit-server\\) is taken by process " + pids.get("livekit") + ", ");
        }
    }

    private void whatIsKilledIsBackAndTakesCalls() throws Exception {
        for (String part : List.of("call-router", "sip-edge")) {
            ProcessHandle.of(RunningSuite.load(state).pids().get(part)).orElseThrow().destroyForcibly();
            Await.until(part + " is back, in " + run.output(), START_PATIENCE,
                    () -> run.lines().stream().anyMatch(line -> line.endsWith(part + " is up again")));
            assertThat(run.lines()).anyMatch(line -> line.contains(part + " died (signal 9, killed)"));
        }
        callWithEcho();
    }

    private void itLetsACallEndBeforeItStops() throws Exception {
        try (Phone phone = Phone.open(PhoneSettings.calling("127.0.0.1", Launched.sipPort()).bindTo("127.0.0.1"))) {
            Call up = phone.dial(CallRequest.to("+3225550101").from("+32470000002").saying(AudioSource.echoProbe()));
            up.awaitAnswer(PATIENCE);
            run.terminate();
            Await.until("that the launcher says what it waits for, in " + run.output(), PATIENCE,
                    () -> run.lines().stream().anyMatch(line -> line.contains("1 ongoing call, which has 5 s to end")));
            Await.until("that a new call is refused", PATIENCE, () -> {
                Call late = phone.dial(CallRequest.to("+3225550101").from("+32470000003"));
                boolean refused = late.awaitFinal(PATIENCE) instanceof CallResult.Refused;
                if (late.isUp()) {
                    // The edge had not been told to stop yet.
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
    }

    /** Checks the logs. Kafka alone logs more at a start than the file that it is allowed here. */
    private void logsHaveDatesAndABound() throws Exception {
        List<Path> logs;
        try (Stream<Path> files = Files.list(state.resolve("logs"))) {
            logs = files.toList();
        }
        assertThat(logs).extracting(log -> log.getFileName().toString()).contains("kafka.log", "kafka.1.log", "sip-edge.log");
        long bytes = 0;
        for (Path log : logs) {
            bytes += Files.size(log);
            assertThat(Files.readAllLines(log, StandardCharsets.ISO_8859_1)).as(log.toString())
                    .allMatch(line -> line.matches("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d[.,]?\\d*(Z|[+-]\\d\\d:?\\d\\d)\\s.*"));
        }
        assertThat(bytes).isLessThanOrEqualTo(LOG_MEGABYTES * 1_000_000L);
    }

    private String labelOf(String number) throws Exception {
        return Launched.tenantOf(state, "demo").json("GET", "/numbers/" + number, "").path("label").asText();
    }

    private void aSecondCtrlCEndsItAtOnce() throws Exception {
        try (Phone phone = Phone.open(PhoneSettings.calling("127.0.0.1", Launched.sipPort()).bindTo("127.0.0.1"))) {
            phone.dial(CallRequest.to("+3225550101").from("+32470000002")).awaitAnswer(PATIENCE);
            run.interrupt();
            Await.until("that the launcher stops, in " + run.output(), PATIENCE,
                    () -> run.lines().stream().anyMatch(line -> line.contains("1 ongoing call")));
            run.interrupt();
            assertThat(run.exitCode(PATIENCE)).isEqualTo(130);
        }
        assertThat(run.lines()).noneMatch(line -> line.contains("sip-edge has stopped"));
    }

    /** Starts it as a background job of a script, as these tests may be themselves: SIGINT must stop it although it is ignored there. */
    private List<ProcessHandle> start() throws Exception {
        run = Launched.inBackground("dev.trunkline.local.Run", state, Map.of("TRUNKLINE_LOG_MEGABYTES", Integer.toString(LOG_MEGABYTES)));
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
