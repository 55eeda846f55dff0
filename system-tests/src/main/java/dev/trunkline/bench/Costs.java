package dev.trunkline.bench;

import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * What calls cost in each process, compared with what it uses without them.
 *
 * @param cpuPercent of a core, per call
 * @param memoryMiB per call
 */
record Costs(Map<String, Double> cpuPercent, Map<String, Double> memoryMiB) {
    static final Set<String> EDGE_AND_RELAY = Set.of("sip-edge", "media-relay");
    /** Processes that are not part of Trunkline: LiveKit, the agents, and the phones that measure. */
    private static final Set<String> OTHERS = Set.of("livekit", "demo-agent", PythonWorker.NAME, HeldCalls.OWN);

    /**
     * @param idle percent of a core that each process uses without calls
     * @param held the same with the calls
     * @param before usage before the first of the calls
     * @param with usage with the calls up
     */
    static Costs of(int calls, Map<String, Double> idle, Map<String, Double> held, Usage before, Usage with) {
        Map<String, Double> cpu = new TreeMap<>();
        Map<String, Double> memory = new TreeMap<>();
        held.forEach((process, percent) -> {
            cpu.put(process, (percent - idle.getOrDefault(process, 0.0)) / calls);
            memory.put(process, (with.of(process).residentMiB() - before.of(process).residentMiB()) / calls);
        });
        return new Costs(cpu, memory);
    }

    /** Returns whether a process is a service of the suite, or Kafka, Redis or Postgres. */
    static boolean isSuite(String process) {
        return !OTHERS.contains(process);
    }

    double edgeAndRelayCpu() {
        return sum(cpuPercent, true);
    }

    double edgeAndRelayMemory() {
        return sum(memoryMiB, true);
    }

    /** Returns the CPU of the services together with Kafka, Redis and Postgres. */
    double suiteCpu() {
        return sum(cpuPercent, false);
    }

    private static double sum(Map<String, Double> each, boolean edgeAndRelayAlone) {
        return each.entrySet().stream()
                .filter(entry -> edgeAndRelayAlone ? EDGE_AND_RELAY.contains(entry.getKey()) : isSuite(entry.getKey()))
                .mapToDouble(Map.Entry::getValue)
                .sum();
    }
}
