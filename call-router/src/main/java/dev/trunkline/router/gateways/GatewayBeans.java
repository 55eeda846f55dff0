package dev.trunkline.router.gateways;

import dev.trunkline.bus.ContainedFaults;
import dev.trunkline.bus.KafkaAddress;
import dev.trunkline.router.RouterSettings;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;

/** Puts the parts together, and begins and ends the reading. */
public class GatewayBeans {

    @Produces
    @Singleton
    StateTable table() {
        return new StateTable();
    }

    @Produces
    @Singleton
    StateTopic topic(StateTable table, KafkaAddress kafka, RouterSettings settings, ContainedFaults faults) {
        return new StateTopic(table, kafka, settings.instance(), faults);
    }

    void start(@Observes StartupEvent event, StateTopic topic) {
        topic.start();
    }

    void stop(@Observes ShutdownEvent event, StateTopic topic) {
        topic.close();
    }
}
