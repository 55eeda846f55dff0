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
 * have answered, without a break for that long before a call is taken for lost. Nor does it where the clock of Redis's machine was
 * set ahead, by which all leases run out at once: then the grace begins anew, in which every living call has its lease again.
 */
public final class LostCalls {
    private static final Logger LOG = Logger.getLogger(LostCalls.class);
    /** Whatever makes Redis answer late is less. */
    private static final Duration LEAP = Duration.ofSeconds(5);

    private final CallLedger ledger;
    private final Envelopes envelopes;
    private final CallEventPublisher publisher;
    private final Clock clock;
    private final Duration grace;
    private final LimiterMetrics metrics;
    private Optional<Instant> connectedSince = Optional.empty();
    /** By how much the ledger's time was ahead of this process's when it was last looked at. */
    private Optional<Duration> ahead = Optional.empty();

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
        try {
            List<LapsedCall> lost = Duration.between(since, now).compareTo(grace) < 0 ? List.of() : ledger.lapsed(grace, grace);
            // Asked afterwards, so that a leap by which these have lapsed shows.
            if (leapt()) {
                connectedSince = Optional.of(clock.instant());
                return;
            }
            lost.forEach(this::end);
        } catch (LedgerUnavailableException e) {
            connectedSince = Optional.empty();
            LOG.warnf("looking for lost calls failed: %s", e.getMessage());
        }
    }

    /** Whether the ledger's time has gone on otherwise than this process's since this was asked last. */
    private boolean leapt() throws InterruptedException {
        Duration now = Duration.between(clock.instant(), ledger.now());
        Duration leap = now.minus(ahead.orElse(now));
        ahead = Optional.of(now);
        if (leap.abs().compareTo(LEAP) <= 0) {
            return false;
        }
        LOG.warnf("Redis's clock was set %+d s: no call is taken for lost before it has had its heartbeats", leap.toSeconds());
        return true;
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
