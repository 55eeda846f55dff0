package dev.trunkline.limiter;

import dev.trunkline.events.CallAdmitted;
import dev.trunkline.events.CallAnswered;
import dev.trunkline.events.CallEnded;
import dev.trunkline.events.CallEvent;
import dev.trunkline.events.CallHeartbeat;
import dev.trunkline.events.CallId;
import dev.trunkline.events.CallRecord;
import dev.trunkline.events.CallRejected;
import dev.trunkline.events.CallRouted;
import dev.trunkline.events.Envelope;
import dev.trunkline.events.kafka.CallEventPublisher;
import dev.trunkline.events.kafka.Envelopes;
import dev.trunkline.events.kafka.EventHandler;
import dev.trunkline.limiter.LimiterSettings.WhenUnavailable;
import dev.trunkline.limiter.admission.Announcement;
import dev.trunkline.limiter.admission.Applicant;
import dev.trunkline.limiter.admission.Verdict;
import dev.trunkline.limiter.ledger.CallLedger;
import dev.trunkline.limiter.ledger.LedgerUnavailableException;
import java.time.Clock;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jboss.logging.Logger;

/**
 * Judges each routed call, and keeps the slots of those that were let in. Handling an event twice changes nothing: the
 * ledger gives the same answer again, and the answer has the same {@code ce_id}.
 */
final class Admissions implements EventHandler {
    /** The events that the limiter wants. */
    static final Set<Class<? extends CallRecord>> HANDLED = Set.of(
            CallRouted.class, CallAnswered.class, CallHeartbeat.class, CallRejected.class, CallEnded.class);

    private static final Logger LOG = Logger.getLogger(Admissions.class);
    private static final CompletionStage<Void> DONE = CompletableFuture.completedStage(null);

    private final CallLedger ledger;
    private final Announcement announcement;
    private final WhenUnavailable whenUnavailable;
    private final Envelopes envelopes;
    private final CallEventPublisher publisher;
    private final Clock clock;
    private final LimiterMetrics metrics;

    Admissions(
            CallLedger ledger,
            Announcement announcement,
            WhenUnavailable whenUnavailable,
            Envelopes envelopes,
            CallEventPublisher publisher,
            Clock clock,
            LimiterMetrics metrics) {
        this.ledger = ledger;
        this.announcement = announcement;
        this.whenUnavailable = whenUnavailable;
        this.envelopes = envelopes;
        this.publisher = publisher;
        this.clock = clock;
        this.metrics = metrics;
    }

    @Override
    public CompletionStage<Void> handle(Envelope envelope) {
        try {
            return switch (envelope.record()) {
                case CallRouted routed -> judge(envelope, routed);
                case CallHeartbeat heartbeat -> renew(envelope, heartbeat);
                case CallAnswered answered -> answered(answered.callId());
                case CallRejected rejected -> free(rejected.callId());
                case CallEnded ended -> free(ended.callId());
                default -> DONE;
            };
        } catch (InterruptedException e) {
            // The process stops: the event is not handled and comes again, here or in another replica.
            Thread.currentThread().interrupt();
            return new CompletableFuture<>();
        }
    }

    private CompletionStage<Void> judge(Envelope envelope, CallRouted routed) throws InterruptedException {
        if (clock.instant().isAfter(routed.invite().deadline())) {
            metrics.late();
            LOG.warnf("call=%s passed over: its deadline has passed", routed.callId());
            return DONE;
        }
        Optional<CallEvent> answer = decide(envelope, routed);
        answer.ifPresent(this::log);
        metrics.decided(answer.map(Admissions::outcome).orElse("over"));
        return answer.map(event -> publisher.publish(envelopes.reply(envelope, event))).orElse(DONE);
    }

    private Optional<CallEvent> decide(Envelope envelope, CallRouted routed) throws InterruptedException {
        long began = System.nanoTime();
        try {
            Verdict verdict = ledger.admit(Applicant.of(routed, envelope.owners()));
            metrics.decisionTook(Duration.ofNanos(System.nanoTime() - began));
            return announcement.of(routed, verdict);
        } catch (LedgerUnavailableException e) {
            failed(routed.callId(), "judged", e);
            return Optional.of(
                    switch (whenUnavailable) {
                        case ADMIT -> announcement.uncountedAdmitted(routed);
                        case REFUSE -> announcement.uncountedRefused(routed);
                    });
        }
    }

    private CompletionStage<Void> renew(Envelope envelope, CallHeartbeat heartbeat) throws InterruptedException {
        try {
            CallLedger.Renewal done = ledger.renew(heartbeat, envelope.owners());
            metrics.heartbeat(done.name().toLowerCase(Locale.ROOT));
            if (done == CallLedger.Renewal.REBUILT) {
                LOG.infof("call=%s counted again from its heartbeat", heartbeat.callId());
            }
        } catch (LedgerUnavailableException e) {
            // The next heartbeat makes up for this one.
            failed(heartbeat.callId(), "renewed", e);
        }
        return DONE;
    }

    private CompletionStage<Void> answered(CallId callId) throws InterruptedException {
        try {
            ledger.answered(callId);
        } catch (LedgerUnavailableException e) {
            failed(callId, "noted as answered", e);
        }
        return DONE;
    }

    private CompletionStage<Void> free(CallId callId) throws InterruptedException {
        try {
            if (ledger.free(callId)) {
                metrics.freed();
                LOG.infof("call=%s slot freed", callId);
            }
        } catch (LedgerUnavailableException e) {
            // Without heartbeats the lease runs out by itself.
            failed(callId, "freed", e);
        }
        return DONE;
    }

    private void failed(CallId callId, String what, LedgerUnavailableException e) {
        metrics.redisFailed();
        LOG.warnf("call=%s could not be %s: %s", callId, what, e.getMessage());
    }

    private void log(CallEvent event) {
        switch (event) {
            case CallAdmitted admitted -> LOG.infof(
                    "call=%s admitted%s", admitted.callId(), admitted.counts().isEmpty() ? " uncounted" : "");
            case CallRejected rejected -> LOG.infof(
                    "call=%s refused: %s %d", rejected.callId(), rejected.reason().code(), rejected.status());
            default -> throw new IllegalStateException("not a decision: " + event.getClass().getSimpleName());
        }
    }

    private static String outcome(CallEvent event) {
        return event instanceof CallRejected rejected ? rejected.reason().code() : "admitted";
    }
}
