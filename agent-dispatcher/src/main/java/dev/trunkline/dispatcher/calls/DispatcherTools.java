package dev.trunkline.dispatcher.calls;

import dev.trunkline.bus.CallEventPublisher;
import dev.trunkline.bus.ContainedFaults;
import dev.trunkline.bus.RecordAges;
import dev.trunkline.dispatcher.livekit.AgentDispatches;
import dev.trunkline.dispatcher.metrics.DispatcherMetrics;
import dev.trunkline.events.Envelope;
import dev.trunkline.events.codec.Envelopes;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * What every watch works with.
 *
 * @param ages of the events that watches begin with
 * @param waiting runs what waits, on virtual threads
 * @param timers starts what comes later, and does not do it itself
 * @param upToDate completes when everything that is on Kafka now has been seen
 */
public record DispatcherTools(
        AgentDispatches livekit,
        CallEventPublisher publisher,
        Envelopes envelopes,
        Clock clock,
        RecordAges ages,
        DispatcherMetrics metrics,
        Executor waiting,
        ScheduledExecutorService timers,
        Supplier<CompletionStage<Void>> upToDate,
        ContainedFaults faults) {

    private static final String WHERE = "agent-watch";
    private static final Duration BEFORE_NEXT_TRY = Duration.ofSeconds(1);

    /**
     * Whether an event may have been said longer ago. It may have been where clocks say so, and where they say that it comes from
     * the future, for then they say nothing.
     */
    boolean older(Envelope envelope, Duration age) {
        return Duration.between(envelope.time(), clock.instant()).abs().compareTo(age) > 0;
    }

    /** What the task throws is its own. */
    void run(Runnable task) {
        waiting.execute(faults.guarded(WHERE, task));
    }

    /** What one call's watch threw: counted, and the watch goes on. */
    void caught(Throwable fault) {
        faults.caught(WHERE, fault);
    }

    /**
     * Runs a task after a while, and not before everything has been read that was written by then: a process that was
     * stopped for a while, or that Kafka did not speak to, finds its timers run out before it knows what happened meanwhile.
     */
    void later(Duration after, Runnable task) {
        try {
            timers.schedule(() -> whenUpToDate(task), after.toMillis(), TimeUnit.MILLISECONDS);
        } catch (RejectedExecutionException e) {
            // The process stops; whoever gets the admission next takes up the watch.
        }
    }

    private void whenUpToDate(Runnable task) {
        try {
            upToDate.get().thenRunAsync(task, this::run);
        } catch (RejectedExecutionException e) {
            // As above.
        } catch (Throwable fault) {
            // For want of memory or a thread. A timer that is lost leaves patience to nobody.
            caught(fault);
            later(BEFORE_NEXT_TRY, task);
        }
    }
}
