package dev.trunkline.relay;

import dev.trunkline.bus.ContainedFaults;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;

/** The process's singletons. */
public class RelayBeans {
    @Produces
    @Singleton
    ContainedFaults faults(MeterRegistry registry) {
        return new ContainedFaults(registry);
    }
}
