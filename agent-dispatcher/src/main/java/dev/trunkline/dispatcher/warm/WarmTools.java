package dev.trunkline.dispatcher.warm;

import dev.trunkline.bus.ContainedFaults;
import dev.trunkline.dispatcher.livekit.AgentDispatches;
import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * The dependencies of every pool.
 *
 * @param threads run tasks that wait for LiveKit
 * @param timers start later tasks, and do not run them themselves
 * @param nanoTime as {@link System#nanoTime}
 * @param age how long a room may wait
 */
record WarmTools(
        AgentDispatches livekit,
        WarmNames names,
        ExecutorService threads,
        ScheduledExecutorService timers,
        LongSupplier nanoTime,
        Duration age,
        WarmCounts counts,
        ContainedFaults faults) {
    private static final String WHERE = "warm-pool";

    /**
     * Runs a task; an exception that it throws is the task's own matter. While the process stops, the caller
     * runs it at once.
     */
    void run(Runnable task) {
        Runnable guarded = faults.guarded(WHERE, task);
        try {
            threads.execute(guarded);
        } catch (RejectedExecutionException e) {
            guarded.run();
        }
    }

    void later(Duration after, Runnable task) {
        try {
            timers.schedule(() -> run(task), after.toMillis(), TimeUnit.MILLISECONDS);
        } catch (RejectedExecutionException e) {
            // The process stops, and so does the waiting.
        }
    }

    long nowMillis() {
        return TimeUnit.NANOSECONDS.toMillis(nanoTime.getAsLong());
    }
}
