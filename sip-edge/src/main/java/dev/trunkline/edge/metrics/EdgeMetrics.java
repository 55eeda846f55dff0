package dev.trunkline.edge.metrics;

import dev.trunkline.edge.sip.DropReason;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;

/** Every metric of the edge. */
public final class EdgeMetrics {
    /** A sender must not be able to invent time series. */
    private static final Set<String> METHODS = Set.of(
            "INVITE", "ACK", "BYE", "CANCEL", "OPTIONS", "UPDATE", "INFO", "NOTIFY", "PRACK", "REFER", "REGISTER",
            "SUBSCRIBE", "MESSAGE", "PUBLISH");

    private final MeterRegistry registry;
    private final Map<DropReason, Counter> dropped = new EnumMap<>(DropReason.class);
    private final Counter publishFailures;
    private final Counter resumed;
    private final Timer setup;

    public EdgeMetrics(MeterRegistry registry) {
        this.registry = registry;
        for (DropReason reason : DropReason.values()) {
            dropped.put(reason, Counter.builder("trunkline_edge_dropped_packets")
                    .description("Packets and connections that were dropped unread")
                    .tag("reason", reason.code())
                    .register(registry));
        }
        publishFailures = Counter.builder("trunkline_edge_publish_failures")
                .description("Events that Kafka did not take")
                .register(registry);
        resumed = Counter.builder("trunkline_edge_resumed_calls")
                .description("Calls of an earlier process that were taken up from the events")
                .register(registry);
        setup = Timer.builder("trunkline_edge_setup")
                .description("From the INVITE to its 200")
                .publishPercentileHistogram()
                .minimumExpectedValue(Duration.ofMillis(5))
                .maximumExpectedValue(Duration.ofSeconds(30))
                .register(registry);
    }

    /**
     * @param calls how many are not over
     * @param unread how many INVITEs wait to be parsed
     */
    public void watch(Supplier<Number> calls, Supplier<Number> unread) {
        Gauge.builder("trunkline_edge_calls", calls)
                .description("Calls that are not over")
                .register(registry);
        Gauge.builder("trunkline_edge_unread_invites", unread)
                .description("INVITEs that came by UDP and wait to be parsed")
                .register(registry);
    }

    public void dropped(DropReason reason) {
        dropped.get(reason).increment();
    }

    public void requested(String method) {
        registry.counter("trunkline_edge_requests", "method", METHODS.contains(method) ? method : "other")
                .increment();
    }

    public void responded(int status) {
        registry.counter("trunkline_edge_responses", "status", Integer.toString(status)).increment();
    }

    public void answered(long setupMillis) {
        setup.record(Duration.ofMillis(setupMillis));
    }

    /** @param outcome the code of an end or refusal reason */
    public void over(String outcome, boolean answered) {
        registry.counter("trunkline_edge_calls_over", "outcome", outcome, "answered", Boolean.toString(answered))
                .increment();
    }

    public void publishFailed() {
        publishFailures.increment();
    }

    public void callResumed() {
        resumed.increment();
    }
}
