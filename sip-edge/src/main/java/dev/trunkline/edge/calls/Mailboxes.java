package dev.trunkline.edge.calls;

import java.time.Duration;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;

/** Runs a virtual thread for each mailbox that has work, and counts them. Thread-safe. */
public final class Mailboxes implements Executor, AutoCloseable {
    private static final long LOOK_MILLIS = 1;

    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final AtomicInteger busy = new AtomicInteger();

    @Override
    public void execute(Runnable task) {
        busy.incrementAndGet();
        try {
            threads.execute(() -> {
                try {
                    task.run();
                } finally {
                    busy.decrementAndGet();
                }
            });
        } catch (RejectedExecutionException closed) {
            busy.decrementAndGet();
            throw closed;
        }
    }

    /**
     * Waits until no mailbox has work left; to be called when no new work arrives.
     *
     * @return false if work was left after that time
     */
    public boolean settle(Duration within) throws InterruptedException {
        long end = System.nanoTime() + within.toNanos();
        while (busy.get() > 0) {
            if (System.nanoTime() - end >= 0) {
                return false;
            }
            Thread.sleep(LOOK_MILLIS);
        }
        return true;
    }

    /** Interrupts running tasks; no new task begins. */
    @Override
    public void close() {
        threads.shutdownNow();
    }
}
