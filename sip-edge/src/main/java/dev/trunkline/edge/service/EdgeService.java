package dev.trunkline.edge.service;

import com.github.f4b6a3.uuid.UuidCreator;
import dev.trunkline.bus.ContainedFaults;
import dev.trunkline.bus.SteadyClock;
import dev.trunkline.bus.logs.JsonLines;
import dev.trunkline.edge.metrics.EdgeMetrics;
import dev.trunkline.events.privacy.SealKeys;
import dev.trunkline.events.privacy.SuiteKeys;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.ShutdownDelayInitiatedEvent;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.security.SecureRandom;
import java.util.Optional;

/** Starts and stops the edge with its process. */
@ApplicationScoped
public class EdgeService {
    private final SipEdge edge;

    EdgeService(EdgeSettings settings, MeterRegistry registry, ContainedFaults faults) {
        var metrics = new EdgeMetrics(registry);
        edge = new SipEdge(new EdgeParts(
                settings,
                SealKeys.parse(settings.sealKey(), settings.sealKeyAlso()),
                key("pseudonym", "TRUNKLINE_PSEUDONYM_KEY", settings.pseudonymKey()),
                SteadyClock.ofThisProcess(),
                new SecureRandom(),
                UuidCreator::getTimeOrderedEpochFast,
                metrics,
                (guard, tap) -> Listening.stack(settings, guard, tap, metrics, faults::caught),
                faults));
    }

    private static byte[] key(String name, String variable, Optional<String> base64) {
        return SuiteKeys.parse(name, base64.orElseThrow(() -> new IllegalStateException(
                variable + " is not set: make a key with `openssl rand -base64 32` and give all services the same")));
    }

    void started(@Observes StartupEvent event, EdgeSettings settings) {
        JsonLines.install(settings, "sip-edge", settings.instance());
        edge.start();
    }

    /** Before HTTP closes: the watchers of the calls that continue still have health, which is down, and metrics. */
    void draining(@Observes ShutdownDelayInitiatedEvent event) throws InterruptedException {
        edge.drain();
    }

    void stopping(@Observes ShutdownEvent event) {
        edge.close();
    }

    SipEdge edge() {
        return edge;
    }
}
