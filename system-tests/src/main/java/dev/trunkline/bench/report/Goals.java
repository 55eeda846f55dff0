package dev.trunkline.bench.report;

import java.util.List;
import java.util.Optional;

/** The targets that the benchmark is judged by, whether or not this run measured them. */
public final class Goals {
    private Goals() {}

    /**
     * @param figure the id of the figure that the target is for, which a run may lack
     * @param liveKitSip what livekit-sip needs for the same, measured once beside the suite; empty where it has no such step
     */
    public record Goal(String figure, String what, String unit, String liveKitSip, Target target) {
        public Optional<Figure> in(Report report) {
            return report.figure(figure);
        }
    }

    public static final List<Goal> ALL = List.of(
            new Goal("cpu.edge-relay.opus", "CPU a call, edge and relay, an agent that sends Opus", "% of a core", "1.8–2.1", Target.atMost(0.28)),
            new Goal("cpu.suite.opus", "CPU a call, the whole suite with its stores", "% of a core", "", Target.atMost(0.5)),
            new Goal("memory.edge-relay.opus", "memory a further call, edge and relay", "MiB", "1.5–2.5", Target.atMost(0.3)),
            new Goal("setup.joined.p50", "INVITE → 200, an agent that joins at once, p50", "ms", "75", Target.atMost(60)),
            new Goal("setup.python.p50", "INVITE → 200, LiveKit's Python worker by dispatch, p50", "ms", "370–400", Target.atMost(250)),
            new Goal("echo.python.p50", "mouth → that worker, echoing → ear, p50", "ms", "214", Target.atMost(75)),
            new Goal("decision.rate.p50", "decision at 50 a second, p50", "ms", "", Target.atMost(4)),
            new Goal("decision.rate.p99", "decision at 50 a second, p99", "ms", "", Target.atMost(10)),
            new Goal("refused.rate", "refused INVITEs a second, each with its final answer, warm", "", "", Target.atLeast(2_000)),
            new Goal("cold.in-time", "the first seconds: 200 INVITEs/s from ready, answered in time", "%", "", Target.atLeast(100)),
            new Goal("cold.first-call", "the first call after ready, INVITE → 200", "ms", "", Target.atMost(150)),
            new Goal("start.ready", "./trunkline run, built, to ready", "s", "", Target.atMost(10)));

    /** Returns the target of a figure, if the design has one. */
    public static Optional<Target> of(String figure) {
        return ALL.stream().filter(goal -> goal.figure().equals(figure)).findFirst().map(Goal::target);
    }
}
