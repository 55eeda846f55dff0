package dev.trunkline.router.service;

import dev.trunkline.bus.CallEventPublisher;
import dev.trunkline.bus.ContainedFaults;
import dev.trunkline.bus.KafkaAddress;
import dev.trunkline.events.Topics;
import dev.trunkline.events.privacy.SealedTrunkAccounts;
import dev.trunkline.events.privacy.Sealer;
import dev.trunkline.router.announce.OutboundOutbox;
import dev.trunkline.router.announce.TopicKeys;
import dev.trunkline.router.announce.TrunkAnnouncer;
import dev.trunkline.router.metrics.RouterMetrics;
import dev.trunkline.router.snapshot.CurrentDirectory;
import dev.trunkline.router.store.Transactions;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;

/** Announces the outbound trunks, once the schema exists. */
@Singleton
public class OutboundAnnouncement {
    private final CurrentDirectory directory;
    private final TrunkAnnouncer announcer;

    OutboundAnnouncement(
            CurrentDirectory directory,
            Transactions transactions,
            KafkaAddress kafka,
            CallEventPublisher publisher,
            RouterMetrics metrics,
            Sealer sealer,
            RouterSettings settings,
            ContainedFaults faults) {
        this.directory = directory;
        this.announcer = new TrunkAnnouncer(
                new OutboundOutbox(transactions, new SealedTrunkAccounts(sealer)),
                new TopicKeys(kafka, Topics.OUTBOUND_TRUNKS, settings.instance() + "-outbound-trunks"),
                publisher, metrics, settings.directory().announceEvery(), faults);
    }

    void start(@Observes StartupEvent event) {
        directory.loaded().thenRun(announcer::start);
    }

    void stop(@Observes ShutdownEvent event) {
        announcer.close();
    }
}
