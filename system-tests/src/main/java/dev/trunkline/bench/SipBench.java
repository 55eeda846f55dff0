package dev.trunkline.bench;

import dev.trunkline.bench.SippStatistics.Moment;
import dev.trunkline.local.RunningSuite;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;

/**
 * {@code ./trunkline bench --sip}: measures how much signalling the edge handles from SIPp, first cold and then warm, and what it
 * costs the edge. It needs only the suite's SIP port and the edge's process, so an older suite can be measured too.
 */
final class SipBench {
    private static final Duration ROUND = Duration.ofSeconds(20);
    /** An edge that has been up for longer may have had calls already; on busy cores, a suite's start takes most of this time. */
    private static final double COLD_SECONDS = 120;

    private final List<SipLoad> loads;
    private final InetSocketAddress address;
    private final EdgeProcess edge;
    private final Notebook notebook;

    /** @throws IOException if the edge is not on loopback, the only place to which load may be sent */
    SipBench(List<SipLoad> loads, RunningSuite suite, Notebook notebook) throws IOException {
        InetAddress host = InetAddress.getByName(suite.sipAddress());
        if (!host.isLoopbackAddress()) {
            throw new IOException("--sip loads a suite on loopback only, and this one listens on " + suite.sipAddress());
        }
        Long pid = suite.pids().get("sip-edge");
        if (pid == null) {
            throw new IOException("the suite that runs here has no sip-edge");
        }
        this.loads = loads;
        this.address = new InetSocketAddress(host, suite.sipPort());
        this.edge = new EdgeProcess(pid);
        this.notebook = notebook;
    }

    /** Returns what these figures do not cover. */
    static List<String> notMeasured() {
        return List.of(
                "by SIPp: a network, and an edge with the machine to itself: SIPp, the other services and LiveKit take their part of the same cores",
                "by SIPp: an edge that is cold, but for the first load after a start: --load takes one alone. The edge is started again by "
                        + "whoever wants another number of lanes");
    }

    void run() throws IOException, InterruptedException {
        notebook.say("edge: process %d, up %.0f s, %s".formatted(edge.pid(), edge.secondsUp(), edge.lanes()));
        boolean untouched = true;
        for (SipLoad load : loads) {
            notebook.begin("sip." + load.scenario(), "%s: %s, %d under way at any moment, rounds of %d s".formatted(
                    load.scenario(), load.words(), load.underWay(), ROUND.toSeconds()));
            measure(load, untouched);
            untouched = false;
        }
    }

    private void measure(SipLoad load, boolean untouched) throws IOException, InterruptedException {
        Rounds rounds = new Rounds();
        double up = edge.secondsUp();
        boolean cold = untouched && up <= COLD_SECONDS;
        rounds.add(round(load, cold ? "cold, the edge up %.0f s".formatted(up) : "first round, the edge not cold"));
        for (int number = 1; rounds.goOn(); number++) {
            rounds.add(round(load, "warm, round " + number));
        }
        notebook.row(load.scenario() + " a second, warm", "%.0f".formatted(rounds.warm()), load.target());
        notebook.keep("sip." + load.scenario(), load.scenario() + " a second by SIPp, warm", rounds.warm(), "");
    }

    private double round(SipLoad load, String name) throws IOException, InterruptedException {
        SippStatistics statistics;
        double cpu;
        try (SippRun sipp = SippRun.start(load, address)) {
            double before = edge.cpuSeconds();
            sipp.await(ROUND);
            cpu = edge.cpuSeconds() - before;
            statistics = sipp.finish();
        }
        Moment round = statistics.after(ROUND.toSeconds());
        Moment end = statistics.end();
        notebook.row(name, "%.0f a second".formatted(round.aSecond()), "");
        notebook.row("  answers", "%d came, %d of another kind, %d repeated, %d missing"
                .formatted(end.good(), end.other(), statistics.repeated(), statistics.missing()), "of " + end.begun());
        notebook.row("  requests that SIPp sent again", Long.toString(end.sentAgain()), "");
        notebook.row("  CPU of the edge", cpu(cpu, round.good(), round.seconds()), "");
        return round.aSecond();
    }

    /**
     * Returns the cost of an exchange in words.
     *
     * @param cpu seconds of CPU time of the edge's threads
     * @param exchanges that succeeded in that time
     * @param time seconds that passed
     */
    static String cpu(double cpu, long exchanges, double time) {
        String share = "%.0f %% of a core".formatted(time > 0 ? 100 * cpu / time : 0);
        return exchanges > 0 ? "%.3f ms each, %s".formatted(1_000 * cpu / exchanges, share) : "none went well, " + share;
    }
}
