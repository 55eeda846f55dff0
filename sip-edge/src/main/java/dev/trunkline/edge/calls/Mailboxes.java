package dev.trunkline.edge.calls;

import java.time.Duration;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;

/** A virtual thread for each mailbox in which something is to be done, and a count of them. Thread-safe. */
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
     * Waits until nothing is to be done in any of them; to be called when nothing new comes in.
     *
     * @return false if something was left after that time
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

    /** What still runs is interrupted, and nothing new begins. */
    @Override
    public void close() {
        threads.shutdownNow();
    }
}
