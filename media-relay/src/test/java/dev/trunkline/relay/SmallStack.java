package dev.trunkline.relay;

import java.util.concurrent.atomic.AtomicReference;

/** Runs what reads the network's text and packets on a thread with little stack, where recursion over their length would end. */
public final class SmallStack {
    private static final long OCTETS = 512 * 1_024;

    private SmallStack() {}

    /** A task that may fail as a test does. */
    public interface Task {
        void run() throws Exception;
    }

    /** Waits for the task, and fails as it fails. */
    public static void run(Task task) throws Exception {
        var failure = new AtomicReference<Throwable>();
        Thread thread = new Thread(null, () -> {
            try {
                task.run();
            } catch (Throwable thrown) {
                failure.set(thrown);
            }
        }, "small-stack", OCTETS);
        thread.start();
        thread.join();
        if (failure.get() != null) {
            throw new AssertionError("on a stack of 512 KB", failure.get());
        }
    }
}
