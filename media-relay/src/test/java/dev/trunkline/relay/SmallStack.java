package dev.trunkline.relay;

import java.util.concurrent.atomic.AtomicReference;

/**
 * Runs parsers of network text and packets on a thread with a small stack, which overflows if they recurse over the length of their input.
 */
public final class SmallStack {
    private static final long OCTETS = 512 * 1_024;

    private SmallStack() {}

    /** A task that may throw, as a test may. */
    public interface Task {
        void run() throws Exception;
    }

    /** Waits for the task and rethrows its failure. */
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
