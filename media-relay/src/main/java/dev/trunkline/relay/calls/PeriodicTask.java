package dev.trunkline.relay.calls;

import dev.trunkline.bus.ContainedFaults;
import java.time.Duration;

/** Repeats a task on its own thread, whatever the task throws, until it is closed. */
final class PeriodicTask implements AutoCloseable {
    private final Thread thread;
    private volatile boolean closed;

    /**
     * @param where under which {@link ContainedFaults} counts what the task throws; also the thread's name
     * @param pause between the end of one run and the next
     */
    PeriodicTask(String where, Duration pause, Runnable task, ContainedFaults faults) {
        Runnable guarded = faults.guarded(where, task);
        this.thread = Thread.ofPlatform().name(where).daemon(true).unstarted(() -> {
            while (!closed) {
                guarded.run();
                if (!slept(pause)) {
                    return;
                }
            }
        });
    }

    PeriodicTask start() {
        thread.start();
        return this;
    }

    /** @return false if the task was closed meanwhile */
    private boolean slept(Duration pause) {
        try {
            Thread.sleep(pause);
            return true;
        } catch (InterruptedException e) {
            // Interrupted by close(), or by something within the task: in that case it continues.
            return !closed;
        }
    }

    /** Waits a moment for a run that is under way. */
    @Override
    public void close() {
        closed = true;
        thread.interrupt();
        try {
            thread.join(Duration.ofSeconds(1));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
