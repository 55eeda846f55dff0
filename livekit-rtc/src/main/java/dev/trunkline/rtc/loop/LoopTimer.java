package dev.trunkline.rtc.loop;

import java.util.concurrent.atomic.AtomicReference;

/** A task of a {@link MediaLoop} that waits for its time. */
public final class LoopTimer implements Comparable<LoopTimer> {

    /** Stands where the task was that has run or will not run. */
    static final Runnable DONE = () -> { };

    private final MediaLoop loop;
    private final long dueNanos;
    private final AtomicReference<Runnable> task;

    LoopTimer(MediaLoop loop, long dueNanos, Runnable task) {
        this.loop = loop;
        this.dueNanos = dueNanos;
        this.task = new AtomicReference<>(task);
    }

    /** The task will not run any more, unless it runs right now, and nothing of it is held from here on. Any thread. */
    public void cancel() {
        if (task.getAndSet(DONE) != DONE) {
            loop.cancelled();
        }
    }

    long dueNanos() {
        return dueNanos;
    }

    /** Whether it has run or will not run. */
    boolean isDone() {
        return task.get() == DONE;
    }

    /** The task, once; {@link #DONE} after that. */
    Runnable take() {
        return task.getAndSet(DONE);
    }

    @Override
    public int compareTo(LoopTimer other) {
        return Long.signum(dueNanos - other.dueNanos);
    }
}
