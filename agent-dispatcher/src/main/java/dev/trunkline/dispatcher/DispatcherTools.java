package dev.trunkline.dispatcher;

import dev.trunkline.dispatcher.livekit.AgentDispatches;
import dev.trunkline.bus.CallEventPublisher;
import dev.trunkline.events.codec.Envelopes;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * What every watch works with.
 *
 * @param waiting runs what waits, on virtual threads
 * @param timers starts what comes later, and does not do it itself
 */
record DispatcherTools(
        AgentDispatches livekit,
        CallEventPublisher publisher,
        Envelopes envelopes,
        Clock clock,
        DispatcherMetrics metrics,
        Executor waiting,
        ScheduledExecutorService timers) {

    void run(Runnable task) {
        waiting.execute(task);
    }

    void later(Duration after, Runnable task) {
        try {
            timers.schedule(() -> waiting.execute(task), after.toMillis(), TimeUnit.MILLISECONDS);
        } catch (RejectedExecutionException e) {
            // The process stops; whoever gets the admission next takes up the watch.
        }
    }
}
