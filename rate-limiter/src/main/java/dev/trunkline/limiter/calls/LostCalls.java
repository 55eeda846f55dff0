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
 * Publishes the end of calls whose edge and relay are both gone: no other service can. A call is lost when its lease has expired
 * and the time of a further lease has passed without a heartbeat.
 *
 * <pre>
 *   last heartbeat        slot free          call.ended edge-lost
 *         |------ lease ------|------ grace ------|
 *                 Kafka was read and Redis answered for all of the grace
 * </pre>
 *
 * Silence proves nothing while Kafka is not read or Redis is unavailable, because heartbeats also wait then, and a deaf limiter
 * would mistake its own deafness for the relay's silence. Before a call is considered lost, every partition must therefore have
 * been read by some limiter, and Redis must have answered, without a break for that long. Silence also proves nothing if the clock
 * of Redis's machine was set ahead, which makes all leases expire at once: in that case the grace begins again, and during it
 * every living call renews its lease.
 */
public final class LostCalls {
    private static final Logger LOG = Logger.getLogger(LostCalls.class);
    /** Longer than any delay of Redis's answer. */
    private static final Duration LEAP = Duration.ofSeconds(5);

    private final CallLedger ledger;
    private final Envelopes envelopes;
    private final CallEventPublisher publisher;
    private final Clock clock;
    private final Duration grace;
    private final LimiterMetrics metrics;
    private Optional<Instant> connectedSince = Optional.empty();
    /** How far the ledger's time was ahead of this process's at the last check. */
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

    /** Checks once. Called repeatedly by one thread. @param connected whether Kafka is read and Redis answers now */
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
            // Checked afterwards, to detect a leap that made these leases expire.
            if (leapt()) {
                connectedSince = Optional.of(clock.instant());
                return;
            }
            lost.forEach(this::end);
        } catch (LedgerUnavailableException e) {
            connectedSince = Optional.empty();
            LOG.warnf("the search for lost calls failed: %s", e.getMessage());
        }
    }

    /** Whether the ledger's time has advanced differently from this process's since the last call. */
    private boolean leapt() throws InterruptedException {
        Duration now = Duration.between(clock.instant(), ledger.now());
        Duration leap = now.minus(ahead.orElse(now));
        ahead = Optional.of(now);
        if (leap.abs().compareTo(LEAP) <= 0) {
            return false;
        }
        LOG.warnf("Redis's clock jumped by %+d s: no call is considered lost until its heartbeats had time to arrive", leap.toSeconds());
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
        // The slot is released when this event comes back, so a claim that dies with its limiter is claimed again.
        publisher.publish(envelopes.first(call.summary().map(ended::with).orElse(ended), call.owners()));
    }
}
