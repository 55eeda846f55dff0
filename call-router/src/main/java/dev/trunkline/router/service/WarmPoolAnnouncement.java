package dev.trunkline.router.service;

import dev.trunkline.bus.CallEventPublisher;
import dev.trunkline.bus.ContainedFaults;
import dev.trunkline.bus.KafkaAddress;
import dev.trunkline.router.metrics.RouterMetrics;
import dev.trunkline.router.snapshot.CurrentDirectory;
import dev.trunkline.router.store.Transactions;
import dev.trunkline.router.warm.WarmPoolAnnouncer;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;

/** Begins and ends the announcing of rooms in which agents are to wait. */
@Singleton
public class WarmPoolAnnouncement {
    private final WarmPoolAnnouncer announcer;

    WarmPoolAnnouncement(
            Transactions transactions,
            CurrentDirectory directory,
            KafkaAddress kafka,
            CallEventPublisher publisher,
            RouterMetrics metrics,
            RouterSettings settings,
            ContainedFaults faults) {
        announcer = new WarmPoolAnnouncer(
                transactions, directory, kafka, settings.instance(), publisher, metrics, settings.directory().announceEvery(), faults);
    }

    void start(@Observes StartupEvent event) {
        announcer.start();
    }

    void stop(@Observes ShutdownEvent event) {
        announcer.close();
    }
}
