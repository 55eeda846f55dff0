package dev.trunkline.bench;

import dev.trunkline.bench.Inside.Counts;
import dev.trunkline.bench.report.Ladder.Step;
import dev.trunkline.bench.report.Quantiles;
import dev.trunkline.events.CallAdmitted;
import dev.trunkline.events.CallEnded;
import dev.trunkline.phone.Call;
import dev.trunkline.phone.MediaReport;
import java.io.IOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** One step of the ladder: holds a number of calls, and counts everything that may depend on that number. */
final class ScaleStep {
    private static final long SETTLE_MILLIS = 3_000;
    private static final int MOST_IDLE_SECONDS = 10;
    /** After this time, the last events have been read. */
    private static final long READ_MILLIS = 1_500;
    private static final Duration LAST_EVENTS = Duration.ofSeconds(20);

    private final int count;
    private final int seconds;
    private final Map<String, Long> pids;
    private final Inside inside;
    private final CallTimelines timelines;
    private final Notebook notebook;
    private final Map<String, Double> values = new HashMap<>();
    private Optional<String> complaint = Optional.empty();

    ScaleStep(int count, int seconds, Map<String, Long> pids, Inside inside, CallTimelines timelines, Notebook notebook) {
        this.count = count;
        this.seconds = seconds;
        this.pids = pids;
        this.inside = inside;
        this.timelines = timelines;
        this.notebook = notebook;
    }

    /** Runs the step. @throws IOException if a call was not answered */
    Step run(Calls calls, String number) throws IOException, InterruptedException {
        Quiet.await(pids, notebook);
        Map<String, Long> emptyHeaps = inside.liveHeaps();
        Machine.Ticks quiet = Machine.ticks();
        Usage before = Usage.of(pids);
        Thread.sleep(Math.min(seconds, MOST_IDLE_SECONDS) * 1_000L);
        Usage idle = Usage.of(pids);
        double idleBusy = Machine.ticks().busySince(quiet);
        Set<String> emptyKeys = inside.redisKeys();
        timelines.clear();
        Counts empty = inside.counts();

        List<Call> held = calls.up(number, count);
        Thread.sleep(SETTLE_MILLIS);
        Counts up = inside.counts();
        Machine.Ticks beginTicks = Machine.ticks();
        Usage begin = Usage.of(pids);
        Thread.sleep(seconds * 1_000L);
        Usage end = Usage.of(pids);
        double busy = Machine.ticks().busySince(beginTicks);
        Counts after = inside.counts();
        Set<String> keys = new HashSet<>(inside.redisKeys());
        // What was there before may expire meanwhile.
        keys.removeAll(emptyKeys);
        List<MediaReport> heard = held.stream().map(Call::media).toList();
        long ended = held.stream().filter(call -> !call.isUp()).count();
        Map<String, Long> fullHeaps = inside.liveHeaps();
        Calls.hangUp(held);
        timelines.await(CallEnded.class, count, LAST_EVENTS);
        Thread.sleep(READ_MILLIS);
        Counts over = inside.counts();

        cost(Costs.of(count, idle.cpuPercentSince(before), end.cpuPercentSince(begin), idle, end), end);
        values.put("machine.cpu", busy);
        fullHeaps.forEach((service, bytes) -> values.put("heap." + service, (bytes - emptyHeaps.get(service)) / 1024.0 / count));
        values.put("redis.keys", (double) keys.size() / count);
        packets(up, after);
        values.put("edge.call", (up.allocated().get("sip-edge") - empty.allocated().get("sip-edge")) / 1024.0 / count);
        events(empty, over);
        sound(heard, ended, idleBusy, busy);
        return new Step(count, values);
    }

    private void cost(Costs costs, Usage end) {
        values.put("edge-relay.cpu", costs.edgeAndRelayCpu());
        values.put("suite.cpu", costs.suiteCpu());
        values.put("edge-relay.rss", costs.edgeAndRelayMemory());
        costs.cpuPercent().forEach((process, each) -> values.put("cpu." + process, each));
        end.processes().forEach((process, taken) -> {
            values.put("rss." + process, taken.residentMiB());
            values.put("threads." + process, (double) taken.threads());
            values.put("files." + process, (double) taken.descriptors());
        });
    }

    private void packets(Counts begin, Counts end) {
        double packets = end.packets() - begin.packets();
        if (packets > 0) {
            values.put("relay.packet", (end.loopBytes() - begin.loopBytes()) / packets);
            values.put("relay.packet.all", (end.allocated().get("media-relay") - begin.allocated().get("media-relay")) / packets);
        }
    }

    private void events(Counts empty, Counts over) {
        double written = over.written() - empty.written();
        if (written > 0) {
            over.read().forEach((service, read) -> values.put("reads." + service, (read - empty.read().get(service)) / written));
        }
        values.put("call.log", (over.bytes() - empty.bytes()) / count);
        Written.Sum events = timelines.written().withoutHeartbeats();
        values.put("call.events", (double) events.events() / count);
        values.put("call.bytes", (double) events.bytes() / count);
        Written.Sum heartbeats = timelines.written().heartbeats();
        if (heartbeats.events() > 0) {
            values.put("heartbeat.bytes", (double) heartbeats.bytes() / heartbeats.events());
        }
    }

    private void sound(List<MediaReport> heard, long ended, double idleBusy, double busy) {
        quantiles("decision", timelines.millisTo(CallAdmitted.class));
        quantiles("echo", heard.stream().flatMap(media -> media.echoDelaysMillis().stream()).toList());
        double out = Lost.ofPhones(heard).map(Lost::percent).orElse(0.0);
        Optional<Lost> in = Lost.ofRelay(timelines);
        values.put("lost.out", out);
        in.ifPresent(lost -> values.put("lost.in", lost.percent()));
        complaint = Bearable.complaint(ended, idleBusy, busy, Math.max(out, in.map(Lost::percent).orElse(0.0)));
    }

    private void quantiles(String name, List<Double> millis) {
        if (!millis.isEmpty()) {
            values.put(name + ".p50", Quantiles.of(millis).at(0.5));
            values.put(name + ".p99", Quantiles.of(millis).at(0.99));
        }
    }

    /** Returns what the machine did not sustain, once the step has run. */
    Optional<String> complaint() {
        return complaint;
    }
}
