package dev.trunkline.relay.calls;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicInteger;
import org.jboss.logging.Logger;

/** Runs tasks one after another, in the order in which they came, on threads of an executor. A task may wait. */
final class SerialQueue implements Executor {
    private static final Logger LOG = Logger.getLogger(SerialQueue.class);

    private final String label;
    private final Executor threads;
    private final Queue<Runnable> tasks = new ConcurrentLinkedQueue<>();
    private final AtomicInteger waiting = new AtomicInteger();

    /** @param label stands before log lines of tasks that failed */
    SerialQueue(String label, Executor threads) {
        this.label = label;
        this.threads = threads;
    }

    @Override
    public void execute(Runnable task) {
        tasks.add(task);
        if (waiting.getAndIncrement() == 0) {
            threads.execute(this::run);
        }
    }

    private void run() {
        int done;
        do {
            done = 0;
            for (Runnable task = tasks.poll(); task != null; task = tasks.poll()) {
                done++;
                try {
                    task.run();
                } catch (RuntimeException e) {
                    LOG.errorf(e, "%s a task of the call failed", label);
                }
            }
        } while (waiting.addAndGet(-done) > 0);
    }
}
