package dev.trunkline.bus;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

/**
 * Runs the tasks of one call one after another, in order, and shares no lock with another call's queue. If a task
 * throws, even an Error, only that task ends: the tasks behind it run.
 */
public final class SerialQueue implements Executor {
    private final Executor threads;
    private final Consumer<Throwable> faults;
    private final Queue<Runnable> tasks = new ConcurrentLinkedQueue<>();
    private final AtomicInteger waiting = new AtomicInteger();

    /**
     * @param threads provides a thread while there is something to run
     * @param faults told of what a task threw, between that task and the next: to count it, and to abandon what the task
     *     left half done
     */
    public SerialQueue(Executor threads, Consumer<Throwable> faults) {
        this.threads = threads;
        this.faults = faults;
    }

    @Override
    public void execute(Runnable task) {
        tasks.add(task);
        if (waiting.getAndIncrement() == 0) {
            threads.execute(this::drain);
        }
    }

    private void drain() {
        do {
            try {
                tasks.remove().run();
            } catch (Throwable fault) {
                tell(fault);
            }
        } while (waiting.decrementAndGet() > 0);
    }

    private void tell(Throwable fault) {
        try {
            faults.accept(fault);
        } catch (Throwable again) {
            // The fault consumer may fail as the task did, for lack of memory or stack: the next task runs all the same.
        }
    }
}
