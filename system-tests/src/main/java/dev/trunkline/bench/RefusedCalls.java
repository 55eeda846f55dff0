package dev.trunkline.bench;

import dev.trunkline.bench.InviteStream.Outcome;
import dev.trunkline.bench.report.Distribution;
import dev.trunkline.local.DemoNumbers;
import dev.trunkline.local.RunningSuite;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Map;

/** Places calls to a number that nobody has, as fast as they are refused. */
final class RefusedCalls {
    /** Number of INVITEs that wait for their final response at any moment. */
    private static final int UNDER_WAY = 64;
    private static final Duration WARM_UP = Duration.ofSeconds(10);

    private final BenchOptions options;
    private final RunningSuite suite;
    private final Map<String, Long> pids;
    private final Notebook notebook;

    RefusedCalls(BenchOptions options, RunningSuite suite, Map<String, Long> pids, Notebook notebook) {
        this.options = options;
        this.suite = suite;
        this.pids = pids;
        this.notebook = notebook;
    }

    void run() throws IOException {
        InetSocketAddress edge = new InetSocketAddress(suite.sipAddress(), suite.sipPort());
        notebook.begin("refused", "INVITEs to an unknown number, %d under way at any moment, for %d s".formatted(UNDER_WAY, options.seconds()));
        notebook.say("  warming up for %d s".formatted(WARM_UP.toSeconds()));
        try (InviteStream warm = new InviteStream(suite.sipAddress(), edge, DemoNumbers.UNKNOWN)) {
            warm.keepUnderWay(UNDER_WAY, WARM_UP);
        }
        Usage begin = Usage.of(pids);
        Outcome outcome;
        try (InviteStream stream = new InviteStream(suite.sipAddress(), edge, DemoNumbers.UNKNOWN)) {
            outcome = stream.keepUnderWay(UNDER_WAY, Duration.ofSeconds(options.seconds()));
        }
        Usage end = Usage.of(pids);

        notebook.figure("refused.rate", "final responses a second", outcome.answersASecond(), "");
        notebook.times(Distribution.of("refused.answer", "INVITE to final response", outcome.millis()));
        notebook.row("by status", outcome.statuses().toString(), "target: all 404");
        notebook.figure("refused.unanswered", "without a final response", outcome.unanswered().size(), "", " of " + outcome.sent());
        notebook.figure("refused.resent", "sent again after 500 ms of silence", outcome.resent(), "");
        end.cpuPercentSince(begin).forEach((process, percent) ->
                notebook.figure("refused.cpu." + process, "CPU of " + process, percent, "% of a core"));
    }
}
