package dev.trunkline.dispatcher.service;

import dev.trunkline.bus.ContainedFaults;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;

/** The one count of what was contained in this process. */
public class FaultBeans {

    @Produces
    @Singleton
    ContainedFaults faults(MeterRegistry registry) {
        return new ContainedFaults(registry);
    }
}
