package dev.trunkline.bench;

import dev.trunkline.bench.InviteStream.Outcome;
import dev.trunkline.bench.report.Distribution;
import dev.trunkline.events.CallRejected;
import dev.trunkline.events.CallRouted;
import dev.trunkline.events.InviteReceived;
import dev.trunkline.local.RunningSuite;
import dev.trunkline.phone.Call;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;

/**
 * Measures decision times under load: one call keeps a number busy, and further calls to it take the whole path of a decision
 * (edge, router, limiter and back) without a room, whose cost would otherwise dominate.
 */
final class DecisionsAtRate {
    private static final String ONE_AT_A_TIME = "+3225550102";
    private static final int TARGET_RATE = 50;
    private static final Duration WARM_UP = Duration.ofSeconds(5);

    private final BenchOptions options;
    private final RunningSuite suite;
    private final CallTimelines timelines;
    private final Notebook notebook;

    DecisionsAtRate(BenchOptions options, RunningSuite suite, CallTimelines timelines, Notebook notebook) {
        this.options = options;
        this.suite = suite;
        this.timelines = timelines;
        this.notebook = notebook;
    }

    void run() throws IOException, InterruptedException {
        notebook.begin("decisions", "%d calls a second to a busy number for %d s".formatted(options.rate(), options.seconds()));
        try (Calls calls = Calls.to(suite)) {
            List<Call> busy = calls.up(ONE_AT_A_TIME, 1);
            stream(WARM_UP);
            timelines.clear();
            Outcome outcome = stream(Duration.ofSeconds(options.seconds()));
            timelines.await(CallRejected.class, outcome.sent(), Duration.ofSeconds(5));
            Calls.hangUp(busy);
            // The target is for 50 a second; other rates are other figures.
            String id = options.rate() == TARGET_RATE ? "decision.rate" : "decision.rate-" + options.rate();
            notebook.times(Distribution.of(id, "decision, INVITE to the limiter's word", timelines.millisTo(CallRejected.class)));
            notebook.times(Distribution.of(id + ".received", "  of that, to call.invite.received", timelines.millisTo(InviteReceived.class)));
            notebook.times(Distribution.of(id + ".routed", "  of that, to call.routed", timelines.millisTo(CallRouted.class)));
            notebook.times(Distribution.of(id + ".answer", "INVITE to final response", outcome.millis()));
            notebook.row("by status", outcome.statuses() + ", " + outcome.unanswered().size() + " without", "target: all 486");
        }
    }

    private Outcome stream(Duration time) throws IOException {
        InetSocketAddress edge = new InetSocketAddress(suite.sipAddress(), suite.sipPort());
        try (InviteStream stream = new InviteStream(suite.sipAddress(), edge, ONE_AT_A_TIME)) {
            return stream.atRate(options.rate(), time);
        }
    }
}
