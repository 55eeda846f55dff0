package dev.trunkline.router.service;

import dev.trunkline.bus.ContainedFaults;
import dev.trunkline.bus.KafkaAddress;
import dev.trunkline.router.gateways.StateTable;
import dev.trunkline.router.gateways.StateTopic;
import dev.trunkline.router.gateways.TriedGateways;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.time.Clock;

/** Starts and stops reading the state of outbound trunks. */
public class GatewayBeans {

    @Produces
    @Singleton
    StateTable table() {
        return new StateTable();
    }

    @Produces
    @Singleton
    TriedGateways tried(StateTable table, Clock clock) {
        return new TriedGateways(table, clock);
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
