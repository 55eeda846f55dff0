package dev.trunkline.limiter.calls;

import dev.trunkline.bus.CallEventPublisher;
import dev.trunkline.bus.CallLabel;
import dev.trunkline.events.CallEnded;
import dev.trunkline.events.EndReason;
import dev.trunkline.events.codec.Envelopes;
import dev.trunkline.limiter.admission.Announcement;
import dev.trunkline.limiter.ledger.CallLedger;
import dev.trunkline.limiter.ledger.LapsedCall;
import dev.trunkline.limiter.ledger.LedgerUnavailableException;
import dev.trunkline.limiter.metrics.LimiterMetrics;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jboss.logging.Logger;

/**
 * Tells the end of calls whose edge and relay are both gone: nobody else can. A call is lost when its lease ran out and
 * a further lease's time went by without a heartbeat.
 *
 * <pre>
 *   last heartbeat        slot free          call.ended edge-lost
 *         |------ lease ------|------ grace ------|
 *                 Kafka was read and Redis answered for all of the grace
 * </pre>
 *
 * Silence proves nothing while Kafka is not read or Redis is away, for heartbeats wait then too, and a deaf limiter would
 * take its own deafness for the relay's silence. So every partition must have been read by some limiter, and Redis must
 * have answered, without a break for that long before a call is taken for lost.
 */
public final class LostCalls {
    private static final Logger LOG = Logger.getLogger(LostCalls.class);

    private final CallLedger ledger;
    private final Envelopes envelopes;
    private final CallEventPublisher publisher;
    private final Clock clock;
    private final Duration grace;
    private final LimiterMetrics metrics;
    private Optional<Instant> connectedSince = Optional.empty();

    public LostCalls(
            CallLedger ledger,
            Envelopes envelopes,
            CallEventPublisher publisher,
            Clock clock,
            Duration grace,
            LimiterMetrics metrics) {
        this.ledger = ledger;
        this.envelopes = envelopes;
        this.publisher = publisher;
        this.clock = clock;
        this.grace = grace;
        this.metrics = metrics;
    }

    /** Looks once. Called by one thread, again and again. @param connected whether Kafka is read and Redis answers now */
    public void sweep(boolean connected) throws InterruptedException {
        Instant now = clock.instant();
        if (!connected) {
            connectedSince = Optional.empty();
            return;
        }
        Instant since = connectedSince.orElse(now);
        connectedSince = Optional.of(since);
        if (Duration.between(since, now).compareTo(grace) < 0) {
            return;
        }
        try {
            List<LapsedCall> lost = ledger.lapsed(grace, grace);
            lost.forEach(this::end);
        } catch (LedgerUnavailableException e) {
            connectedSince = Optional.empty();
            LOG.warnf("looking for lost calls failed: %s", e.getMessage());
        }
    }

    private void end(LapsedCall call) {
        metrics.edgeLost();
        LOG.warnf("%s ended: edge and relay are silent", CallLabel.of(call.callId(), call.summary()));
        var ended = new CallEnded(
                call.callId(),
                Announcement.BY,
                EndReason.EDGE_LOST,
                EndReason.EDGE_LOST.sentence(),
                call.times().answered().isPresent(),
                call.duration().toMillis(),
                call.media());
        // The slot is freed when this event comes back, so a claim that dies with its limiter is claimed again.
        publisher.publish(envelopes.first(call.summary().map(ended::with).orElse(ended), call.owners()));
    }
}
