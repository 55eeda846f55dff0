package dev.trunkline.rtc.loop;

import java.util.concurrent.atomic.AtomicReferenceFieldUpdater;

/** A task of a {@link MediaLoop} that waits for its time. */
public final class LoopTimer implements Comparable<LoopTimer> {

    /** Stands where the task was that has run or will not run. */
    static final Runnable DONE = () -> { };

    private static final AtomicReferenceFieldUpdater<LoopTimer, Runnable> TASK =
            AtomicReferenceFieldUpdater.newUpdater(LoopTimer.class, Runnable.class, "task");

    private final MediaLoop loop;
    private final long dueNanos;
    private volatile Runnable task;

    LoopTimer(MediaLoop loop, long dueNanos, Runnable task) {
        this.loop = loop;
        this.dueNanos = dueNanos;
        this.task = task;
    }

    /** The task will not run any more, unless it runs right now, and nothing of it is held from here on. Any thread. */
    public void cancel() {
        if (take() != DONE) {
            loop.cancelled();
        }
    }

    long dueNanos() {
        return dueNanos;
    }

    /** Whether it has run or will not run. */
    boolean isDone() {
        return task == DONE;
    }

    /** The task, once; {@link #DONE} after that. */
    Runnable take() {
        return TASK.getAndSet(this, DONE);
    }

    @Override
    public int compareTo(LoopTimer other) {
        return Long.signum(dueNanos - other.dueNanos);
    }
}
