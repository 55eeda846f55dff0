package dev.trunkline.limiter.calls;

import dev.trunkline.bus.CallEventPublisher;
import dev.trunkline.bus.CallLabel;
import dev.trunkline.bus.EventHandler;
import dev.trunkline.bus.RecordAges;
import dev.trunkline.events.AgentJoined;
import dev.trunkline.events.CallAdmitted;
import dev.trunkline.events.CallAnswered;
import dev.trunkline.events.CallEnded;
import dev.trunkline.events.CallEvent;
import dev.trunkline.events.CallHeartbeat;
import dev.trunkline.events.CallId;
import dev.trunkline.events.CallRecord;
import dev.trunkline.events.CallRejected;
import dev.trunkline.events.CallRouted;
import dev.trunkline.events.CallSummary;
import dev.trunkline.events.Envelope;
import dev.trunkline.events.codec.Envelopes;
import dev.trunkline.limiter.admission.Announcement;
import dev.trunkline.limiter.admission.Applicant;
import dev.trunkline.limiter.admission.Terms;
import dev.trunkline.limiter.admission.WhenUnavailable;
import dev.trunkline.limiter.ledger.CallLedger;
import dev.trunkline.limiter.ledger.CallLedger.Rate;
import dev.trunkline.limiter.ledger.CallLedger.Renewal;
import dev.trunkline.limiter.ledger.LedgerUnavailableException;
import dev.trunkline.limiter.live.LiveCalls;
import dev.trunkline.limiter.metrics.LimiterMetrics;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.function.Supplier;
import org.jboss.logging.Logger;

/**
 * Decides on each routed call, and keeps the slots of the admitted ones. Handling is idempotent: the ledger gives the same answer
 * again, and the answer has the same {@code ce_id}.
 */
public final class Admissions implements EventHandler {
    /** The events that the limiter consumes. */
    public static final Set<Class<? extends CallRecord>> HANDLED = Set.of(
            CallRouted.class, AgentJoined.class, CallAnswered.class, CallHeartbeat.class, CallRejected.class, CallEnded.class);

    private static final Logger LOG = Logger.getLogger(Admissions.class);
    private static final CompletionStage<Void> DONE = CompletableFuture.completedStage(null);

    private final CallLedger ledger;
    private final Ends ends;
    private final Terms terms;
    private final Announcement announcement;
    private final WhenUnavailable whenUnavailable;
    private final Envelopes envelopes;
    private final CallEventPublisher publisher;
    private final LiveCalls live;
    private final InstantSource clock;
    private final RecordAges ages;
    private final LimiterMetrics metrics;
    private final Supplier<Duration> leeway;
    /** Log lines are written off the thread that reads Redis's answers, where other calls wait for theirs. */
    private final Executor afterwards = Thread::startVirtualThread;

    /**
     * @param ages of the events that arrive here
     * @param leeway for how long heartbeats may have been missed recently
     */
    public Admissions(
            CallLedger ledger,
            Ends ends,
            Terms terms,
            Announcement announcement,
            WhenUnavailable whenUnavailable,
            Envelopes envelopes,
            CallEventPublisher publisher,
            LiveCalls live,
            InstantSource clock,
            RecordAges ages,
            LimiterMetrics metrics,
            Supplier<Duration> leeway) {
        this.ledger = ledger;
        this.ends = ends;
        this.terms = terms;
        this.announcement = announcement;
        this.whenUnavailable = whenUnavailable;
        this.envelopes = envelopes;
        this.publisher = publisher;
        this.live = live;
        this.clock = clock;
        this.ages = ages;
        this.metrics = metrics;
        this.leeway = leeway;
    }

    @Override
    public CompletionStage<Void> handle(Envelope envelope) {
        return switch (envelope.record()) {
            case CallRouted routed -> judge(envelope, routed);
            case CallHeartbeat heartbeat -> renew(envelope, heartbeat);
            case CallAnswered answered -> noted(
                    envelope, "recorded as answered", ledger.answered(answered.callId(), envelope.time()));
            case AgentJoined joined -> noted(
                    envelope, "recorded with its agent", ledger.joined(joined.callId(), joined.agent()));
            case CallRejected rejected -> free(envelope, Rate.GIVEN_BACK);
            case CallEnded ended -> free(envelope, Rate.COUNTED);
            default -> DONE;
        };
    }

    private CompletionStage<Void> judge(Envelope envelope, CallRouted routed) {
        if (clock.instant().isAfter(deadline(envelope, routed))) {
            metrics.late();
            LOG.warnf("%s dropped: its deadline has passed", CallLabel.of(routed));
            return DONE;
        }
        long asked = System.nanoTime();
        Applicant applicant = terms.applicant(routed, envelope.owners());
        return ledger.admit(applicant, leeway.get())
                .thenApply(verdict -> announcement.of(routed, applicant, verdict))
                .exceptionally(failure -> uncounted(routed, applicant, failure))
                .thenApply(answer -> answer.map(event -> whole(envelope, routed, event)))
                .thenCompose(answer -> say(envelope, applicant, answer, System.nanoTime() - asked));
    }

    /**
     * Returns the deadline by this process's clock: the edge set it when the INVITE of an inbound call came; for an outbound call,
     * the router set it now.
     */
    private Instant deadline(Envelope envelope, CallRouted routed) {
        Instant set = routed.outgoing().isPresent() ? envelope.time() : routed.invite().receivedAt();
        return ages.here(set, routed.invite().deadline());
    }

    /** Adds the whole call to a rejection. Its end is the time of the route, so that a repeated event is the same. */
    private static CallEvent whole(Envelope cause, CallRouted routed, CallEvent event) {
        return event instanceof CallRejected rejected ? rejected.with(CallSummary.of(routed, cause.time())) : event;
    }

    /**
     * Runs on the thread that received Redis's answer: nothing except what the caller waits for comes before the event. The topic of
     * live calls is updated afterwards, and before the call's next event is handled.
     */
    private CompletionStage<Void> say(Envelope cause, Applicant applicant, Optional<CallEvent> answer, long nanos) {
        CompletionStage<Void> said =
                answer.map(event -> publisher.publish(envelopes.reply(cause, event))).orElse(DONE);
        return said.whenCompleteAsync((ignored, failure) -> {
            metrics.decisionTook(Duration.ofNanos(nanos));
            metrics.decided(answer.map(Admissions::outcome).orElse("over"));
            answer.ifPresent(Admissions::log);
            if (answer.filter(CallAdmitted.class::isInstance).isPresent()) {
                live.admitted(applicant.callId(), applicant.card(), cause.time());
            }
        }, afterwards);
    }

    /**
     * If Redis did not answer, the setting decides, and an emergency call is admitted. Any other failure belongs to the event and is
     * rethrown.
     */
    private Optional<CallEvent> uncounted(CallRouted routed, Applicant applicant, Throwable failure) {
        if (!(cause(failure) instanceof LedgerUnavailableException e)) {
            throw new CompletionException(failure);
        }
        failed(CallLabel.of(routed), "judged", e);
        return Optional.of(
                switch (applicant.emergency() ? WhenUnavailable.ADMIT : whenUnavailable) {
                    case ADMIT -> announcement.uncountedAdmitted(routed);
                    case REFUSE -> announcement.uncountedRefused(routed);
                });
    }

    private CompletionStage<Void> renew(Envelope envelope, CallHeartbeat heartbeat) {
        // If Redis did not accept a heartbeat, the next one makes up for it.
        return ledger.renew(heartbeat, envelope.owners()).handle((done, failure) -> {
            if (failure == null && done != Renewal.OVER) {
                live.beat(heartbeat, done == Renewal.REBUILT, envelope.time());
            }
            return noted(envelope, "renewed", failure, () -> {
                metrics.heartbeat(done.name().toLowerCase(Locale.ROOT));
                if (done == Renewal.REBUILT) {
                    LOG.infof("%s counted again from its heartbeat", CallLabel.of(envelope));
                }
            });
        });
    }

    private CompletionStage<Void> noted(Envelope envelope, String what, CompletionStage<Void> note) {
        return note.handle((done, failure) -> noted(envelope, what, failure, () -> {}));
    }

    private CompletionStage<Void> free(Envelope envelope, Rate rate) {
        CallId callId = envelope.callId();
        return ends.tell(callId, rate).handle((freed, failure) -> {
            live.over(callId, failure == null && freed);
            return noted(envelope, "freed", failure, () -> {
                if (freed) {
                    metrics.freed();
                    LOG.infof("%s slot freed", CallLabel.of(envelope));
                }
            });
        });
    }

    /** Counts and logs whether Redis accepted an event; the event is handled either way. */
    private Void noted(Envelope envelope, String what, Throwable failure, Runnable success) {
        if (failure == null) {
            afterwards.execute(success);
        } else if (cause(failure) instanceof LedgerUnavailableException e) {
            failed(CallLabel.of(envelope), what, e);
        } else {
            throw new CompletionException(failure);
        }
        return null;
    }

    private static Throwable cause(Throwable failure) {
        return failure instanceof CompletionException wrapper && wrapper.getCause() != null
                ? wrapper.getCause()
                : failure;
    }

    private void failed(CallLabel call, String what, LedgerUnavailableException e) {
        metrics.redisFailed();
        afterwards.execute(() -> LOG.warnf("%s could not be %s: %s", call, what, e.getMessage()));
    }

    private static void log(CallEvent event) {
        switch (event) {
            case CallAdmitted admitted -> LOG.infof(
                    "%s admitted%s", CallLabel.of(admitted), admitted.counts().isEmpty() ? " uncounted" : "");
            case CallRejected rejected -> LOG.infof(
                    "%s refused: %s %d", CallLabel.of(rejected), rejected.reason().code(), rejected.status());
            default -> throw new IllegalStateException("not a decision: " + event.getClass().getSimpleName());
        }
    }

    private static String outcome(CallEvent event) {
        return switch (event) {
            case CallRejected rejected -> rejected.reason().code();
            case CallAdmitted admitted when admitted.counts().isEmpty() -> "admitted-uncounted";
            default -> "admitted";
        };
    }
}
