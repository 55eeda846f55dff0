package dev.trunkline.bench;

import dev.trunkline.bench.InviteStream.Outcome;
import dev.trunkline.local.RunningSuite;
import java.io.IOException;
import java.io.PrintStream;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Map;

/** Calls to a number that nobody has, as fast as they are refused. */
final class RefusedCalls {
    private static final String UNKNOWN = "+3225559000";
    /** INVITEs that wait for their final response at any moment. */
    private static final int UNDER_WAY = 64;
    private static final Duration WARM_UP = Duration.ofSeconds(10);

    private final BenchOptions options;
    private final RunningSuite suite;
    private final Map<String, Long> pids;
    private final PrintStream out;

    RefusedCalls(BenchOptions options, RunningSuite suite, Map<String, Long> pids, PrintStream out) {
        this.options = options;
        this.suite = suite;
        this.pids = pids;
        this.out = out;
    }

    void run() throws IOException {
        InetSocketAddress edge = new InetSocketAddress(suite.sipAddress(), suite.sipPort());
        out.printf("warming up for %d s%n", WARM_UP.toSeconds());
        try (InviteStream warm = new InviteStream(suite.sipAddress(), edge, UNKNOWN)) {
            warm.keepUnderWay(UNDER_WAY, WARM_UP);
        }
        Usage begin = Usage.of(pids);
        Outcome outcome;
        try (InviteStream stream = new InviteStream(suite.sipAddress(), edge, UNKNOWN)) {
            outcome = stream.keepUnderWay(UNDER_WAY, Duration.ofSeconds(options.seconds()));
        }
        Usage end = Usage.of(pids);

        out.printf("%nINVITEs to an unknown number, %d under way at any moment, for %d s%n", UNDER_WAY, options.seconds());
        Lines.row(out, "final responses a second", "%.0f".formatted(outcome.answersASecond()), "target 2,000");
        Lines.row(out, "INVITE to final response", outcome.millis().millis(), "");
        Lines.row(out, "by status", outcome.statuses().toString(), "target: all 404");
        Lines.row(out, "without a final response", outcome.unanswered().size() + " of " + outcome.sent(), "target 0");
        Lines.row(out, "sent again after 500 ms of silence", Integer.toString(outcome.resent()), "");
        end.cpuPercentSince(begin).forEach((process, percent) ->
                Lines.row(out, "CPU of " + process, "%.1f %% of a core".formatted(percent), ""));
    }
}
