package dev.trunkline.bench;

import dev.trunkline.bench.report.Distribution;
import dev.trunkline.bench.report.Figure;
import dev.trunkline.bench.report.FirstMinute;
import dev.trunkline.bench.report.Goals;
import dev.trunkline.bench.report.Ladder;
import dev.trunkline.bench.report.Ladder.Step;
import dev.trunkline.bench.report.Part;
import dev.trunkline.bench.report.Quantity;
import dev.trunkline.bench.report.Report;
import dev.trunkline.bench.report.Second;
import dev.trunkline.bench.report.Start;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;

/** An invented report with an example of everything. */
public final class Samples {
    private static final List<String> PROCESSES =
            List.of("sip-edge", "media-relay", "call-router", "rate-limiter", "agent-dispatcher", "kafka", "livekit");

    private Samples() {}

    /** @param better factor by which all costs are divided */
    public static Report report(double better) {
        Map<String, String> surroundings = new LinkedHashMap<>();
        surroundings.put("date", "2026-11-29T08:00:00Z");
        surroundings.put("machine", "2 × AMD EPYC 9B14, 7.8 GiB");
        surroundings.put("kernel", "6.1.0");
        surroundings.put("Trunkline", "commit e59695c12345");
        surroundings.put("Kafka", "4.2.1");
        return new Report(
                Instant.parse("2026-11-29T08:00:00Z"), surroundings, 2, starts(better), parts(better), Optional.of(minute()),
                Optional.of(ladder(better)), List.of("a network: everything shares this machine", "hours: <leaks> need a longer run"));
    }

    private static List<Start> starts(double better) {
        return List.of(
                new Start("kafka", 0, 2.1 / better, 2.4), new Start("redis", 0, 0.1, 0), new Start("postgres", 0, 1.2 / better, 0.3),
                new Start("livekit", 0, 0.4, 0.1), new Start("sip-edge", 2.2 / better, 4.4 / better, 2.9),
                new Start("call-router", 2.2 / better, 6.2 / better, 3.9), new Start("media-relay", 2.2 / better, 6.9 / better, 4.4),
                new Start("trial call", 6.9 / better, 7.8 / better, 0), new Start("ready", 0, 7.9 / better, 21));
    }

    private static List<Part> parts(double better) {
        Random random = new Random(3261);
        Distribution setup = times("setup.python", "answered by LiveKit's Python worker", random, 420 / better, 30, 30);
        Distribution decision = times("decision.rate", "decision, INVITE to the limiter's word", random, 6 / better, 1_500, 0.5);
        return List.of(
                new Part("setup", "INVITE to 200, 30 calls one after another", Instant.parse("2026-11-29T08:01:00Z"), 0.4,
                        List.of(figure("setup.python.p50", "INVITE to 200, p50", setup.quantiles().at(0.5), "ms")), List.of(setup)),
                new Part("held.opus", "30 calls held for 30 s", Instant.parse("2026-11-29T08:03:00Z"), 1.7,
                        List.of(figure("cpu.edge-relay.opus", "CPU a call, sip-edge + media-relay", 0.62 / better, "% of a core"),
                                figure("cpu.suite.opus", "CPU a call, services, Kafka and stores", 1.1 / better, "% of a core"),
                                figure("memory.edge-relay.opus", "memory a further call", 0.21, "MiB")), List.of()),
                new Part("decisions", "50 calls a second to a busy number", Instant.parse("2026-11-29T08:05:00Z"), 0.9,
                        List.of(figure("decision.rate.p50", "decision, p50", decision.quantiles().at(0.5), "ms"),
                                figure("decision.rate.p99", "decision, p99", decision.quantiles().at(0.99), "ms")), List.of(decision)),
                new Part("refused", "INVITEs to an unknown number", Instant.parse("2026-11-29T08:07:00Z"), 0.8,
                        List.of(figure("refused.rate", "final responses a second", 1_130 * better, "")), List.of()),
                new Part("cold", "200 INVITEs a second from ready", Instant.parse("2026-11-29T08:00:10Z"), 0.8,
                        List.of(figure("cold.in-time", "answered in time", 96.2, "%"), figure("cold.first-call", "the first call", 131, "ms")),
                        List.of()),
                new Part("start", "how this suite started", Instant.parse("2026-11-29T08:00:00Z"), 0.5,
                        List.of(figure("start.ready", "ready", 7.9 / better, "s")), List.of()));
    }

    private static Figure figure(String id, String what, double value, String unit) {
        return new Figure(id, what, value, unit, Goals.of(id));
    }

    private static Distribution times(String id, String what, Random random, double usual, int count, double tail) {
        List<Double> millis = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            double slow = random.nextDouble() < 0.02 ? tail * usual * random.nextDouble() : 0;
            millis.add(usual * Math.exp(0.2 * random.nextGaussian()) + slow);
        }
        Distribution times = Distribution.of(id, what, millis);
        return Goals.of(id + ".p50").map(times::with).orElse(times);
    }

    private static FirstMinute minute() {
        List<Second> seconds = new ArrayList<>();
        for (int i = 0; i < 30; i++) {
            int late = i < 3 ? 60 - 20 * i : 0;
            int none = i == 0 ? 12 : 0;
            seconds.add(new Second(200 - late - none, late, i == 1 ? 2 : 0, none, i < 3 ? 2_000 - 500 * i : 20 + i % 5));
        }
        return new FirstMinute(Instant.parse("2026-11-29T08:00:08Z"), 0.01, 200, seconds, 131);
    }

    private static Ladder ladder(double better) {
        List<Quantity> quantities = new ArrayList<>(List.of(Quantity.share("edge-relay.cpu", "CPU a call, edge and relay", "% of a core")));
        PROCESSES.forEach(process -> quantities.add(Quantity.share("cpu." + process, "CPU a call, " + process, "% of a core")));
        PROCESSES.forEach(process -> quantities.add(Quantity.total("rss." + process, "resident memory, " + process, "MiB")));
        PROCESSES.subList(0, 5).forEach(process -> quantities.add(Quantity.share("reads." + process, "reads an event, " + process, "")));
        PROCESSES.forEach(process -> quantities.add(Quantity.total("threads." + process, "threads, " + process, "")));
        List<Step> steps = new ArrayList<>();
        for (int calls : List.of(10, 30, 100, 200)) {
            Map<String, Double> values = new LinkedHashMap<>();
            values.put("edge-relay.cpu", (0.6 + 0.0003 * calls) / better);
            for (int i = 0; i < PROCESSES.size(); i++) {
                values.put("cpu." + PROCESSES.get(i), (0.5 - 0.07 * i) / better);
                values.put("rss." + PROCESSES.get(i), 150.0 + 10 * i + (i == 1 ? 0.3 * calls : 0));
                values.put("threads." + PROCESSES.get(i), 40.0 + 5 * i);
                if (i < 5) {
                    values.put("reads." + PROCESSES.get(i), i == 1 ? 2.0 : 1.0);
                }
            }
            steps.add(new Step(calls, values));
        }
        return new Ladder(30, quantities, steps, Optional.of("this machine does not hold 200 calls: its processors were busy for 97 % of the time"));
    }
}
