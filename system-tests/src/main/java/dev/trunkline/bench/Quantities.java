package dev.trunkline.bench;

import dev.trunkline.bench.report.Quantity;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/** The quantities measured on each step of the ladder, in the order in which they are shown. */
final class Quantities {
    private Quantities() {}

    /** Returns the quantities. @param processes that are measured @param services those of them that read events */
    static List<Quantity> of(Collection<String> processes, Collection<String> services) {
        List<Quantity> all = new ArrayList<>(List.of(
                Quantity.share("edge-relay.cpu", "CPU a call, edge and relay", "% of a core"),
                Quantity.share("suite.cpu", "CPU a call, services, Kafka and stores", "% of a core")));
        processes.forEach(process -> all.add(Quantity.share("cpu." + process, "CPU a call, " + process, "% of a core")));
        all.add(Quantity.total("machine.cpu", "CPU of the whole machine, the phones too", "%"));
        services.forEach(service -> all.add(Quantity.share("heap." + service, "live heap a call, " + service, "KiB")));
        all.add(Quantity.share("edge-relay.rss", "resident memory a call, edge and relay", "MiB"));
        processes.forEach(process -> all.add(Quantity.total("rss." + process, "resident memory, " + process, "MiB")));
        all.addAll(List.of(
                Quantity.share("call.events", "events a call, without heartbeats", ""),
                Quantity.share("call.bytes", "bytes of them on Kafka, a call", "B"),
                Quantity.share("heartbeat.bytes", "bytes of a heartbeat, one each 10 s", "B"),
                Quantity.share("call.log", "bytes a call that the broker wrote, heartbeats and batches too", "B")));
        services.forEach(service -> all.add(Quantity.share("reads." + service, "reads an event, " + service, "")));
        all.addAll(List.of(
                Quantity.share("relay.packet", "allocation a packet, the relay's media threads", "B"),
                Quantity.share("relay.packet.all", "allocation a packet, all of the relay", "B"),
                Quantity.share("edge.call", "allocation a call that is set up, sip-edge", "KiB"),
                Quantity.share("redis.keys", "Redis keys a slot", "")));
        processes.forEach(process -> all.add(Quantity.total("threads." + process, "threads, " + process, "")));
        processes.forEach(process -> all.add(Quantity.total("files." + process, "descriptors, " + process, "")));
        all.addAll(List.of(
                Quantity.share("decision.p50", "decision, p50", "ms"),
                Quantity.share("decision.p99", "decision, p99", "ms"),
                Quantity.share("echo.p50", "echo, p50", "ms"),
                Quantity.share("lost.out", "packets lost, suite to phones", "%"),
                Quantity.share("lost.in", "packets lost, phones to suite", "%")));
        return List.copyOf(all);
    }
}
