package dev.trunkline.bench;

import dev.trunkline.events.CallAdmitted;
import dev.trunkline.events.CallEnded;
import dev.trunkline.events.MediaStats;
import dev.trunkline.phone.Call;
import dev.trunkline.phone.MediaReport;
import java.io.IOException;
import java.io.PrintStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Holds calls, each echoed by the agent, and measures what they cost and how they sound. */
final class HeldCalls {
    /** How the benchmark's own process is called in the tables. */
    static final String OWN = "(the phones)";

    private static final int WARM_UP_SECONDS = 10;
    private static final int MOST_IDLE_SECONDS = 15;
    private static final long SETTLE_MILLIS = 3_000;

    private final BenchOptions options;
    private final Map<String, Long> pids;
    private final Calls calls;
    private final CallTimelines timelines;
    private final PrintStream out;

    HeldCalls(BenchOptions options, Map<String, Long> pids, Calls calls, CallTimelines timelines, PrintStream out) {
        this.options = options;
        this.pids = pids;
        this.calls = calls;
        this.timelines = timelines;
        this.out = out;
    }

    /** As many calls as will be measured, so that what is measured is compiled and its memory is there. */
    void warmUp() throws IOException, InterruptedException {
        out.printf("warming up: %d calls for %d s%n", options.calls(), WARM_UP_SECONDS);
        List<Call> warm = calls.up(options.number(), options.calls());
        Thread.sleep(WARM_UP_SECONDS * 1_000L);
        Calls.hangUp(warm);
        Thread.sleep(SETTLE_MILLIS);
    }

    void run() throws IOException, InterruptedException {
        Thread.sleep(SETTLE_MILLIS);
        Usage before = Usage.of(pids);
        Thread.sleep(Math.min(options.seconds(), MOST_IDLE_SECONDS) * 1_000L);
        Usage idle = Usage.of(pids);

        timelines.clear();
        List<Call> held = calls.up(options.number(), options.calls());
        Thread.sleep(SETTLE_MILLIS);
        List<Integer> echoesBefore = held.stream().map(call -> call.media().echoDelaysMillis().size()).toList();
        Usage begin = Usage.of(pids);
        Thread.sleep(options.seconds() * 1_000L);
        Usage end = Usage.of(pids);
        List<MediaReport> heard = held.stream().map(Call::media).toList();
        long stillUp = held.stream().filter(Call::isUp).count();
        Calls.hangUp(held);
        timelines.await(CallEnded.class, options.calls(), Duration.ofSeconds(5));

        out.printf("%n%d calls to %s held for %d s%n", options.calls(), options.number(), options.seconds());
        if (stillUp < options.calls()) {
            Lines.row(out, "calls lost meanwhile", Long.toString(options.calls() - stillUp), "target 0");
        }
        cost(before, idle, begin, end);
        sound(heard, echoesBefore);
        Lines.row(out, "decision, INVITE to call.admitted", timelines.millisTo(CallAdmitted.class).millis(), "");
    }

    private void cost(Usage before, Usage idle, Usage begin, Usage end) {
        Map<String, Double> idlePercent = idle.cpuPercentSince(before);
        Map<String, Double> heldPercent = end.cpuPercentSince(begin);
        out.printf("  %-18s %12s %12s %12s %12s %12s %12s%n",
                "", "idle % core", "held % core", "% a call", "idle MiB", "held MiB", "MiB a call");
        double together = 0;
        double memory = 0;
        for (String process : pids.keySet()) {
            double call = (heldPercent.get(process) - idlePercent.get(process)) / options.calls();
            double idleMiB = idle.residentKilobytes().get(process) / 1024.0;
            double heldMiB = end.residentKilobytes().get(process) / 1024.0;
            boolean ours = process.equals("sip-edge") || process.equals("media-relay");
            together += ours ? call : 0;
            memory += ours ? (heldMiB - idleMiB) / options.calls() : 0;
            out.printf("  %-18s %12.2f %12.2f %12.3f %12.1f %12.1f %12.2f%n",
                    process, idlePercent.get(process), heldPercent.get(process), call, idleMiB, heldMiB,
                    (heldMiB - idleMiB) / options.calls());
        }
        Lines.row(out, "CPU a call, sip-edge + media-relay", "%.3f %% of a core".formatted(together), "target 0.28 %, agents of Opus");
        Lines.row(out, "memory a further call, the same two", "%.2f MiB".formatted(memory), "target 0.3 MiB");
    }

    private void sound(List<MediaReport> heard, List<Integer> echoesBefore) {
        List<Double> echoes = new ArrayList<>();
        for (int i = 0; i < heard.size(); i++) {
            List<Double> delays = heard.get(i).echoDelaysMillis();
            echoes.addAll(delays.subList(Math.min(echoesBefore.get(i), delays.size()), delays.size()));
        }
        Lines.row(out, "echo, phone to agent and back", Quantiles.of(echoes).millis(),
                "target p50 75 (LiveKit's Python worker; this agent is ours)");
        long received = heard.stream().mapToLong(MediaReport::packetsReceived).sum();
        long lost = heard.stream().mapToLong(MediaReport::packetsLost).sum();
        Lines.row(out, "packets lost, suite to phones", lost + " of " + (received + lost), "target 0");
        List<MediaStats> relay = timelines.calls().stream().flatMap(call -> call.media().stream()).toList();
        long in = relay.stream().mapToLong(MediaStats::packetsReceived).sum();
        long inLost = relay.stream().mapToLong(MediaStats::lost).sum();
        Lines.row(out, "packets lost, phones to suite",
                relay.isEmpty() ? "nothing measured" : inLost + " of " + (in + inLost), "target 0");
    }
}
