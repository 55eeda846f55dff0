package dev.trunkline.limiter.service;

import dev.trunkline.bus.CallEventChannel;
import dev.trunkline.bus.ContainedFaults;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;

/** The beans that other code gets from the container. */
public class LimiterBeans {

    /** The single count of contained faults in this process. */
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
