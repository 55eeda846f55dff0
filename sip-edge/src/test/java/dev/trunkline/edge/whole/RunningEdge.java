package dev.trunkline.edge.whole;

import com.github.f4b6a3.uuid.UuidCreator;
import dev.trunkline.bus.ContainedFaults;
import dev.trunkline.edge.metrics.EdgeMetrics;
import dev.trunkline.edge.service.EdgeParts;
import dev.trunkline.edge.service.EdgeSettings;
import dev.trunkline.edge.service.Listening;
import dev.trunkline.edge.service.SipEdge;
import dev.trunkline.edge.trunks.HostResolver;
import dev.trunkline.events.privacy.SealKeys;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/** An edge in the test's own process, on loopback. */
final class RunningEdge implements AutoCloseable {
    static final byte[] SEAL_KEY = new byte[32];
    static final byte[] PSEUDONYM_KEY = new byte[32];

    final SipEdge edge;
    final SimpleMeterRegistry metrics = new SimpleMeterRegistry();

    RunningEdge(String kafka, String instance, int port, Map<String, String> more) throws Exception {
        this(kafka, instance, port, more, HostResolver.ofSystem());
    }

    RunningEdge(String kafka, String instance, int port, Map<String, String> more, HostResolver resolver) throws Exception {
        this(kafka, instance, port, more, resolver, true);
    }

    /** @param owning whether to wait until the edge owns a partition */
    RunningEdge(
            String kafka, String instance, int port, Map<String, String> more, HostResolver resolver, boolean owning)
            throws Exception {
        var values = new HashMap<String, String>(Map.of(
                "trunkline.kafka", kafka, "trunkline.instance", instance, "trunkline.sip.port", Integer.toString(port),
                "trunkline.sip.receive-buffer", Integer.toString(1 << 20),
                // Tests of other features send more at once than a trunk usually does.
                "trunkline.sip.quota.invites-per-second", "0", "trunkline.sip.quota.early-calls", "0",
                "trunkline.sip.quota.options-per-second", "0"));
        values.putAll(more);
        EdgeSettings settings = new SmallRyeConfigBuilder()
                .withMapping(EdgeSettings.class)
                .withDefaultValues(values)
                .addDiscoveredConverters()
                .build()
                .getConfigMapping(EdgeSettings.class);
        var watch = new EdgeMetrics(metrics);
        var faults = new ContainedFaults(metrics);
        edge = new SipEdge(new EdgeParts(settings, new SealKeys(SEAL_KEY), PSEUDONYM_KEY, Clock.systemUTC(), new SecureRandom(),
                        UuidCreator::getTimeOrderedEpochFast, watch, (guard, tap) -> Listening.stack(settings, guard, tap, watch, faults::caught), resolver,
                        faults))
                .start();
        long end = System.nanoTime() + Duration.ofSeconds(20).toNanos();
        while (!edge.listening() || owning && !edge.owns()) {
            if (System.nanoTime() > end) {
                throw new AssertionError("the edge did not open SIP, or got no partition");
            }
            Thread.sleep(10);
        }
    }

    /** Returns the partitions into which the edge's new calls fall. */
    Set<Integer> owned() {
        return edge.owns() ? edge.partitionsOwned() : Set.of();
    }

    /** Returns whether the edge reads its own partitions and no others. */
    boolean readsItsOwn() {
        return metrics.get("trunkline_edge_partitions_read").gauge().value() == edge.partitionsOwned().size();
    }

    double count(String name, String... tags) {
        var counter = metrics.find(name).tags(tags).counter();
        return counter == null ? 0 : counter.count();
    }

    /** Returns the number of records that the edge has read from the call topics. */
    double read() {
        return metrics.get("trunkline_edge_read").functionCounter().count();
    }

    @Override
    public void close() {
        edge.close();
    }
}
