package dev.trunkline.edge.calls;

import dev.trunkline.bus.ContainedFaults;
import java.time.Duration;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/** The timers of all calls: one thread, whose tasks only put something into a mailbox. */
public final class Timers implements AutoCloseable {
    private final ScheduledThreadPoolExecutor executor;
    private final ContainedFaults faults;

    public Timers(ContainedFaults faults) {
        this.faults = faults;
        executor = new ScheduledThreadPoolExecutor(
                1, Thread.ofPlatform().daemon().name("call-timers").factory());
        executor.setRemoveOnCancelPolicy(true);
        executor.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
    }

    Future<?> after(Duration delay, Runnable task) {
        return executor.schedule(faults.guarded("call-timers", task), delay.toMillis(), TimeUnit.MILLISECONDS);
    }

    @Override
    public void close() {
        executor.shutdownNow();
    }
}
