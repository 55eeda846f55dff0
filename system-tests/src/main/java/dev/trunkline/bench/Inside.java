package dev.trunkline.bench;

import dev.trunkline.local.RunningSuite;
import java.io.IOException;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** Views the services and Kafka's broker through their management beans, and Redis through its keys, while it is open. */
final class Inside implements AutoCloseable {
    private static final String READ = "kafka.consumer:type=consumer-fetch-manager-metrics,topic=call-events,client-id=*";
    private static final String WRITTEN = "kafka.server:type=BrokerTopicMetrics,name=MessagesInPerSec,topic=call-events";
    private static final String BYTES = "kafka.server:type=BrokerTopicMetrics,name=BytesInPerSec,topic=call-events";
    private static final String PACKETS = "trunkline_relay_packets_total";
    /** Prefix of the names of the threads that move packets. */
    private static final String LOOPS = "media-loop-";

    private final RunningSuite suite;
    private final String redisPassword;
    private final Map<String, JvmProbe> services = new TreeMap<>();
    private final JvmProbe broker;

    private Inside(RunningSuite suite, String redisPassword, JvmProbe broker) {
        this.suite = suite;
        this.redisPassword = redisPassword;
        this.broker = broker;
    }

    /** Opens the view. @throws IOException that says which process cannot be inspected */
    static Inside of(RunningSuite suite, String redisPassword) throws IOException {
        Inside inside = new Inside(suite, redisPassword, attach(suite, "kafka"));
        try {
            for (String service : suite.health().keySet()) {
                inside.services.put(service, attach(suite, service));
            }
            return inside;
        } catch (IOException e) {
            inside.close();
            throw e;
        }
    }

    private static JvmProbe attach(RunningSuite suite, String part) throws IOException {
        Long pid = suite.pids().get(part);
        if (pid == null) {
            throw new IOException("the suite that runs here has no " + part);
        }
        try {
            return JvmProbe.attach(pid);
        } catch (IOException e) {
            throw new IOException(part + " cannot be looked into: " + e.getMessage(), e);
        }
    }

    /**
     * All counters, which never decrease.
     *
     * @param read events of {@code call-events} that the consumers of each service received
     * @param allocated bytes, by service
     * @param loopBytes bytes that the relay's media threads allocated
     * @param packets that the relay received and sent
     * @param written events on {@code call-events}, as counted by its broker
     * @param bytes that these events and their batches took
     */
    record Counts(
            Map<String, Double> read, Map<String, Long> allocated, long loopBytes, double packets, double written, double bytes) {}

    Counts counts() throws IOException, InterruptedException {
        Map<String, Double> read = new TreeMap<>();
        Map<String, Long> allocated = new TreeMap<>();
        for (Map.Entry<String, JvmProbe> service : services.entrySet()) {
            read.put(service.getKey(), service.getValue().sum(READ, "records-consumed-total"));
            allocated.put(service.getKey(), service.getValue().allocated());
        }
        return new Counts(
                read, allocated, services.get("media-relay").allocatedBy(LOOPS),
                MetricsPage.sum(MetricsPage.of(suite.health().get("media-relay")), PACKETS),
                broker.sum(WRITTEN, "Count"), broker.sum(BYTES, "Count"));
    }

    /** Returns the live bytes of each service's heap. Each service pauses for that. */
    Map<String, Long> liveHeaps() {
        Map<String, Long> heaps = new TreeMap<>();
        services.forEach((service, probe) -> heaps.put(service, probe.liveHeap()));
        return heaps;
    }

    /** Returns the services that are inspected. */
    Set<String> services() {
        return services.keySet();
    }

    Set<String> redisKeys() throws IOException {
        return RedisKeys.of(suite.redisPort(), redisPassword);
    }

    @Override
    public void close() throws IOException {
        broker.close();
        for (JvmProbe probe : services.values()) {
            probe.close();
        }
    }
}
