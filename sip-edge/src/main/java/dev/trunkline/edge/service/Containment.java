package dev.trunkline.edge.service;

import dev.trunkline.bus.ContainedFaults;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;

/** Produces the one place that counts and logs faults that ended a unit of work and nothing else. */
public class Containment {

    @Produces
    @Singleton
    ContainedFaults faults(MeterRegistry registry) {
        return new ContainedFaults(registry);
    }
}
