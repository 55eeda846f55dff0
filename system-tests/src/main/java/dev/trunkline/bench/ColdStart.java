package dev.trunkline.bench;

import dev.trunkline.bench.InviteStream.Outcome;
import dev.trunkline.local.RunningSuite;
import java.io.IOException;
import java.io.PrintStream;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;

/** What a suite bears from the second in which it is ready: a trunk that was waiting for it, and the first caller. */
final class ColdStart {
    private static final String UNKNOWN = "+3225559000";
    private static final String ON_AGENT = "+3225550100";
    private static final int A_SECOND = 200;
    private static final Duration LOOK = Duration.ofMillis(5);
    /** A first start builds and makes AOT caches before. */
    private static final Duration START_PATIENCE = Duration.ofMinutes(30);

    private final BenchOptions options;
    private final RunningSuite suite;
    private final Instant ready;
    private final PrintStream out;

    ColdStart(BenchOptions options, RunningSuite suite, Instant ready, PrintStream out) {
        this.options = options;
        this.suite = suite;
        this.ready = ready;
        this.out = out;
    }

    /**
     * The suite that runs here, or the one that is started within the next minutes, in the moment when it is ready.
     *
     * @throws IOException if none is
     */
    static RunningSuite await(Path state, PrintStream out) throws IOException, InterruptedException {
        Instant end = Instant.now().plus(START_PATIENCE);
        if (!RunningSuite.isThere(state)) {
            out.println("waiting for ./trunkline run in another shell");
            out.flush();
        }
        while (!RunningSuite.isThere(state) && Instant.now().isBefore(end)) {
            Thread.sleep(LOOK);
        }
        return RunningSuite.load(state);
    }

    void run() throws IOException, InterruptedException {
        Duration age = Duration.between(ready, Instant.now());
        InetSocketAddress edge = new InetSocketAddress(suite.sipAddress(), suite.sipPort());
        Outcome outcome;
        try (InviteStream stream = new InviteStream(suite.sipAddress(), edge, UNKNOWN)) {
            outcome = stream.atRate(A_SECOND, Duration.ofSeconds(options.seconds()));
        }
        Quantiles first;
        try (Calls calls = Calls.to(suite)) {
            first = calls.setupOneByOne(ON_AGENT, 1);
        }
        print(age, SecondBySecond.of(outcome, options.seconds()), outcome, first);
    }

    private void print(Duration age, SecondBySecond seconds, Outcome outcome, Quantiles first)
            throws IOException {
        out.println(Machine.describe(ZonedDateTime.now()));
        out.printf("%n%d INVITEs a second to an unknown number for %d s, begun %.1f s after ready%n",
                A_SECOND, options.seconds(), age.toMillis() / 1000.0);
        seconds.lines().forEach(line -> out.println("  " + line));
        Lines.row(out, "answered in time (404)", "%d of %d".formatted(seconds.inTime(), outcome.sent()), "target: all");
        Lines.row(out, "INVITE to final response", outcome.millis().millis(), "");
        Lines.row(out, "sent again after 500 ms of silence", Integer.toString(outcome.resent()), "");
        Lines.row(out, "the first call then, answered by its agent", first.millis(), "target 150");
        out.println();
        out.println(NotMeasured.TEXT);
    }
}
