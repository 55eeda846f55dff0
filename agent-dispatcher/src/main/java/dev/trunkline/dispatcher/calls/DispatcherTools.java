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
 * The dependencies of every watch.
 *
 * @param ages of the events that watches begin with
 * @param waiting runs blocking tasks, on virtual threads
 * @param timers starts later tasks, and does not run them itself
 * @param upToDate completes when everything that is on Kafka now has been read
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
     * Whether an event may have been published longer ago than this. It may have been if the clocks say so, and also if they say
     * that it comes from the future, because then they prove nothing.
     */
    boolean older(Envelope envelope, Duration age) {
        return Duration.between(envelope.time(), clock.instant()).abs().compareTo(age) > 0;
    }

    /** Runs a task; an exception that it throws is the task's own matter. */
    void run(Runnable task) {
        waiting.execute(faults.guarded(WHERE, task));
    }

    /** Counts what one call's watch threw; the watch continues. */
    void caught(Throwable fault) {
        faults.caught(WHERE, fault);
    }

    /**
     * Runs a task after a delay, and not before everything that was written by then has been read. If a process was stopped for a
     * while, or Kafka did not answer it, its timers expire before it knows what happened meanwhile.
     */
    void later(Duration after, Runnable task) {
        try {
            timers.schedule(() -> whenUpToDate(task), after.toMillis(), TimeUnit.MILLISECONDS);
        } catch (RejectedExecutionException e) {
            // The process stops; the replica that gets the admission next takes over the watch.
        }
    }

    private void whenUpToDate(Runnable task) {
        try {
            upToDate.get().thenRunAsync(task, this::run);
        } catch (RejectedExecutionException e) {
            // As above.
        } catch (Throwable fault) {
            // For lack of memory or a thread. Without its timer, a watch's patience would never end.
            caught(fault);
            later(BEFORE_NEXT_TRY, task);
        }
    }
}
