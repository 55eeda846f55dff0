package dev.trunkline.rtc.loop;

/** A task of a {@link MediaLoop} that waits for its time. */
public final class LoopTimer implements Comparable<LoopTimer> {

    private final long dueNanos;
    private final Runnable task;
    private volatile boolean cancelled;

    LoopTimer(long dueNanos, Runnable task) {
        this.dueNanos = dueNanos;
        this.task = task;
    }

    /** The task will not run any more, unless it runs right now. */
    public void cancel() {
        cancelled = true;
    }

    long dueNanos() {
        return dueNanos;
    }

    void run() {
        if (!cancelled) {
            task.run();
        }
    }

    @Override
    public int compareTo(LoopTimer other) {
        return Long.signum(dueNanos - other.dueNanos);
    }
}
