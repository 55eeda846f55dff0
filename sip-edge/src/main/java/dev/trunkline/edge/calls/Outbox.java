package dev.trunkline.edge.calls;

import dev.trunkline.bus.CallEventPublisher;
import dev.trunkline.bus.CallLabel;
import dev.trunkline.bus.ContainedFaults;
import dev.trunkline.edge.metrics.EdgeMetrics;
import dev.trunkline.edge.sdp.SdpKeys;
import dev.trunkline.events.Envelope;
import org.jboss.logging.Logger;

/**
 * The path of every event to Kafka. Publishing never blocks. While Kafka is unavailable the publisher keeps the events
 * in order: a BYE is answered at once, and its {@code call.ended} follows when Kafka is back.
 */
public final class Outbox {
    private static final Logger LOG = Logger.getLogger(Outbox.class);

    private final CallEventPublisher publisher;
    private final SdpKeys keys;
    private final EdgeMetrics metrics;
    private final ContainedFaults faults;

    /** @param keys seals those in descriptions, before Kafka gets them */
    public Outbox(CallEventPublisher publisher, SdpKeys keys, EdgeMetrics metrics, ContainedFaults faults) {
        this.faults = faults;
        this.publisher = publisher;
        this.keys = keys;
        this.metrics = metrics;
    }

    /** @param lost called if Kafka will never have the event */
    void publish(Envelope envelope, Runnable lost) {
        publisher.publish(keys.sealed(envelope)).whenComplete((done, failure) -> {
            if (failure != null) {
                faults.guarded("outbox", () -> failed(envelope, failure)).run();
                faults.guarded("outbox", lost).run();
            }
        });
    }

    private void failed(Envelope envelope, Throwable failure) {
        metrics.publishFailed();
        LOG.errorf("%s Kafka did not accept %s: %s", CallLabel.of(envelope),
                envelope.record().getClass().getSimpleName(), failure.getMessage());
    }

    void publish(Envelope envelope) {
        publish(envelope, () -> {});
    }
}
