package dev.trunkline.limiter.service;

import dev.trunkline.bus.CallEventChannel;
import dev.trunkline.bus.ContainedFaults;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;

/** What others ask the container for. */
public class LimiterBeans {

    /** The one count of what was contained in this process. */
    @Produces
    @Singleton
    ContainedFaults faults(MeterRegistry registry) {
        return new ContainedFaults(registry);
    }

    /** The member of the group, for SmallRye's connector. */
    @Produces
    @Singleton
    CallEventChannel channel(Limiter limiter) {
        return limiter.channel();
    }
}
