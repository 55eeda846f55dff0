package dev.trunkline.bench;

import dev.trunkline.bench.report.Distribution;
import dev.trunkline.bench.report.Numbers;
import dev.trunkline.events.CallAdmitted;
import dev.trunkline.events.CallEnded;
import dev.trunkline.phone.Call;
import dev.trunkline.phone.MediaReport;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Holds calls, each echoed by the agent, and measures their cost and audio quality. */
final class HeldCalls {
    /** The name of the benchmark's own process in the tables. */
    static final String OWN = "(the phones)";

    private static final int WARM_UP_SECONDS = 10;
    private static final int MOST_IDLE_SECONDS = 15;
    private static final long SETTLE_MILLIS = 3_000;

    private final Agents agents;
    private final String number;
    private final int count;
    private final int seconds;
    private final Map<String, Long> pids;
    private final Calls calls;
    private final CallTimelines timelines;
    private final Notebook notebook;

    /** @param number to call, which the agents answer */
    HeldCalls(
            Agents agents, String number, BenchOptions options, Map<String, Long> pids, Calls calls, CallTimelines timelines,
            Notebook notebook) {
        this.agents = agents;
        this.number = number;
        this.count = options.callsOf(agents);
        this.seconds = options.seconds();
        this.pids = pids;
        this.calls = calls;
        this.timelines = timelines;
        this.notebook = notebook;
    }

    /** Places as many calls as will be measured, so that the code is compiled and memory is allocated before. */
    void warmUp() throws IOException, InterruptedException {
        notebook.say("warming up: %d calls for %d s".formatted(count, Math.min(seconds, WARM_UP_SECONDS)));
        List<Call> warm = calls.up(number, count);
        Thread.sleep(Math.min(seconds, WARM_UP_SECONDS) * 1_000L);
        Calls.hangUp(warm);
        Thread.sleep(SETTLE_MILLIS);
    }

    void run() throws IOException, InterruptedException {
        notebook.begin("held." + agents.id(), "%d calls to %s (%s) held for %d s".formatted(count, number, agents.words(), seconds));
        Quiet.await(pids, notebook);
        Usage before = Usage.of(pids);
        Thread.sleep(Math.min(seconds, MOST_IDLE_SECONDS) * 1_000L);
        Usage idle = Usage.of(pids);

        timelines.clear();
        List<Call> held = calls.up(number, count);
        Thread.sleep(SETTLE_MILLIS);
        List<Integer> echoesBefore = held.stream().map(call -> call.media().echoDelaysMillis().size()).toList();
        Usage begin = Usage.of(pids);
        Thread.sleep(seconds * 1_000L);
        Usage end = Usage.of(pids);
        List<MediaReport> heard = held.stream().map(Call::media).toList();
        long stillUp = held.stream().filter(Call::isUp).count();
        Calls.hangUp(held);
        timelines.await(CallEnded.class, count, Duration.ofSeconds(5));

        if (stillUp < count) {
            figure("lost-calls", "calls lost meanwhile", count - stillUp, "");
        }
        cost(idle.cpuPercentSince(before), end.cpuPercentSince(begin), idle, end);
        sound(heard, echoesBefore);
        notebook.times(Distribution.of("decision.held." + agents.id(), "decision, INVITE to call.admitted", timelines.millisTo(CallAdmitted.class)));
    }

    private void cost(Map<String, Double> idlePercent, Map<String, Double> heldPercent, Usage idle, Usage held) {
        Costs costs = Costs.of(count, idlePercent, heldPercent, idle, held);
        notebook.say("  %-18s %12s %12s %12s %12s %12s %12s".formatted(
                "", "idle % core", "held % core", "% a call", "idle MiB", "held MiB", "MiB a call"));
        pids.keySet().forEach(process -> notebook.say("  %-18s %12.2f %12.2f %12.3f %12.1f %12.1f %12.2f".formatted(
                process, idlePercent.get(process), heldPercent.get(process), costs.cpuPercent().get(process),
                idle.of(process).residentMiB(), held.of(process).residentMiB(), costs.memoryMiB().get(process))));
        figure("cpu.edge-relay", "CPU a call, sip-edge + media-relay", costs.edgeAndRelayCpu(), "% of a core");
        figure("cpu.suite", "CPU a call, services, Kafka and stores", costs.suiteCpu(), "% of a core");
        figure("memory.edge-relay", "memory a further call, edge + relay", costs.edgeAndRelayMemory(), "MiB");
        costs.cpuPercent().forEach((process, each) -> notebook.keep("cpu." + process + "." + agents.id(), "CPU a call, " + process, each, "% of a core"));
        costs.memoryMiB().forEach((process, each) -> notebook.keep("memory." + process + "." + agents.id(), "memory a call, " + process, each, "MiB"));
    }

    private void sound(List<MediaReport> heard, List<Integer> echoesBefore) {
        List<Double> echoes = new ArrayList<>();
        for (int i = 0; i < heard.size(); i++) {
            List<Double> delays = heard.get(i).echoDelaysMillis();
            echoes.addAll(delays.subList(Math.min(echoesBefore.get(i), delays.size()), delays.size()));
        }
        notebook.times(Distribution.of("echo." + agents.id(), "echo, phone to agent and back", echoes));
        Lost.ofPhones(heard).ifPresent(lost -> figure("lost.out", "packets lost, suite to phones", lost.percent(), "%", lost));
        Lost.ofRelay(timelines).ifPresentOrElse(
                lost -> figure("lost.in", "packets lost, phones to suite", lost.percent(), "%", lost),
                () -> notebook.row("packets lost, phones to suite", "nothing measured", ""));
    }

    private void figure(String id, String what, double value, String unit) {
        notebook.figure(id + "." + agents.id(), what, value, unit);
    }

    private void figure(String id, String what, double value, String unit, Lost lost) {
        notebook.figure(id + "." + agents.id(), what, value, unit, " (%s of %s)".formatted(
                Numbers.text(lost.lost()), Numbers.text(lost.lost() + lost.received())));
    }
}
