package dev.trunkline.sip;

import dev.trunkline.sip.net.Faults;
import java.time.Duration;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;

/** Delays on a dedicated thread, which survives anything that a task throws. Thread-safe. */
public final class DelayThread implements Delays, AutoCloseable {
    private final ScheduledThreadPoolExecutor thread;
    private final Faults faults;
    private final String name;

    /**
     * @param name of the thread, and name under which its faults are counted
     * @param faults called with what a task threw
     */
    public DelayThread(String name, BiConsumer<String, Throwable> faults) {
        this.name = name;
        this.faults = new Faults(faults, System::nanoTime);
        this.thread = new ScheduledThreadPoolExecutor(1, Thread.ofPlatform().daemon().name(name).factory());
        thread.setRemoveOnCancelPolicy(true);
        thread.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
    }

    /** Has no effect after {@link #close}. */
    @Override
    public Delayed after(Duration after, Runnable task) {
        try {
            ScheduledFuture<?> scheduled =
                    thread.schedule(() -> faults.contain(name, task), after.toNanos(), TimeUnit.NANOSECONDS);
            return () -> scheduled.cancel(false);
        } catch (RejectedExecutionException closed) {
            return () -> { };
        }
    }

    @Override
    public void close() {
        thread.shutdownNow();
    }
}
