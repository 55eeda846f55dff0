package dev.trunkline.relay;

import dev.trunkline.bus.ContainedFaults;
import dev.trunkline.bus.SteadyClock;
import dev.trunkline.bus.logs.JsonLines;
import dev.trunkline.relay.calls.MediaRelay;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.ShutdownDelayInitiatedEvent;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.Optional;

/** Starts the relay with the process and drains it before the process ends. */
@ApplicationScoped
public class RelayProcess {
    private final RelaySettings settings;
    private final MeterRegistry registry;
    private final ContainedFaults faults;
    private volatile Optional<MediaRelay> relay = Optional.empty();

    public RelayProcess(RelaySettings settings, MeterRegistry registry, ContainedFaults faults) {
        this.faults = faults;
        this.settings = settings;
        this.registry = registry;
    }

    void started(@Observes StartupEvent event) {
        JsonLines.install(settings, "media-relay", settings.instance());
        MediaRelay made = MediaRelay.create(settings, new RelayMetrics(registry), faults, SteadyClock.ofThisProcess());
        relay = Optional.of(made);
        // Warming up takes a second or two; health says "not ready" meanwhile.
        Thread.ofVirtual().name("relay-start").start(made::start);
    }

    /** Drains the relay while HTTP still answers, so that health can report it; the process goes on stopping when this returns. */
    void draining(@Observes ShutdownDelayInitiatedEvent event) throws InterruptedException {
        if (relay.isPresent()) {
            relay.get().drain(settings.drain());
        }
    }

    void stopping(@Observes ShutdownEvent event) {
        relay.ifPresent(MediaRelay::close);
    }

    Optional<MediaRelay> relay() {
        return relay;
    }
}
