package dev.trunkline.bench;

import dev.trunkline.bench.InviteStream.Outcome;
import dev.trunkline.bench.report.Distribution;
import dev.trunkline.bench.report.FirstMinute;
import dev.trunkline.local.DemoNumbers;
import dev.trunkline.local.RunningSuite;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;

/** Measures what a suite can handle from the second in which it is ready: a trunk that was waiting for it, and the first caller. */
final class ColdStart {
    private static final String ON_AGENT = "+3225550100";
    private static final int A_SECOND = 200;
    private static final Duration LOOK = Duration.ofMillis(5);
    /** A first start also builds the project and makes AOT caches. */
    private static final Duration START_PATIENCE = Duration.ofMinutes(30);

    private final BenchOptions options;
    private final RunningSuite suite;
    private final Instant ready;
    private final Notebook notebook;

    ColdStart(BenchOptions options, RunningSuite suite, Instant ready, Notebook notebook) {
        this.options = options;
        this.suite = suite;
        this.ready = ready;
        this.notebook = notebook;
    }

    /**
     * Returns the suite that runs here; otherwise waits for one that is started within the next minutes, until it is ready.
     *
     * @throws IOException if there is none
     */
    static RunningSuite await(Path state, Notebook notebook) throws IOException, InterruptedException {
        Instant end = Instant.now().plus(START_PATIENCE);
        if (!RunningSuite.isThere(state)) {
            notebook.say("waiting for ./trunkline run in another shell");
        }
        while (!RunningSuite.isThere(state) && Instant.now().isBefore(end)) {
            Thread.sleep(LOOK);
        }
        return RunningSuite.load(state);
    }

    FirstMinute run() throws IOException, InterruptedException {
        Duration age = Duration.between(ready, Instant.now());
        InetSocketAddress edge = new InetSocketAddress(suite.sipAddress(), suite.sipPort());
        Outcome outcome;
        try (InviteStream stream = new InviteStream(suite.sipAddress(), edge, DemoNumbers.UNKNOWN)) {
            outcome = stream.atRate(A_SECOND, Duration.ofSeconds(options.seconds()));
        }
        double first = firstCall();
        var minute = new FirstMinute(
                ready, age.toMillis() / 1000.0, A_SECOND, SecondBySecond.of(outcome, options.seconds()).seconds(), first);
        note(minute, outcome);
        return minute;
    }

    /** Places the first call. A refusal is a result, and earlier results are kept. @return not a number if the call was refused */
    private double firstCall() throws IOException, InterruptedException {
        try (Calls calls = Calls.to(suite)) {
            return calls.setupOneByOne(ON_AGENT, 1).getFirst();
        } catch (IOException e) {
            notebook.say("the first call: " + e.getMessage());
            return Double.NaN;
        }
    }

    private void note(FirstMinute minute, Outcome outcome) throws IOException {
        notebook.begin("cold", "%d INVITEs a second to an unknown number for %d s, begun %.1f s after ready".formatted(
                A_SECOND, options.seconds(), minute.afterReady()));
        new SecondBySecond(minute.seconds()).lines().forEach(line -> notebook.say("  " + line));
        figures(notebook, minute);
        notebook.times(Distribution.of("cold.answer", "INVITE to final response", outcome.millis()));
        notebook.figure("cold.resent", "sent again after 500 ms of silence", outcome.resent(), "");
    }

    /** Notes the figures that have a target. */
    static void figures(Notebook notebook, FirstMinute minute) {
        notebook.figure("cold.in-time", "answered in time (404)", 100.0 * minute.inTime() / Math.max(minute.sent(), 1), "%",
                " (%d of %d)".formatted(minute.inTime(), minute.sent()));
        notebook.figure("cold.first-call", "the first call then, answered by its agent", minute.firstCallMillis(), "ms");
    }
}
