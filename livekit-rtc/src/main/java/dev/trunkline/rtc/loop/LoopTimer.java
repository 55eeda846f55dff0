package dev.trunkline.rtc.loop;

import java.util.concurrent.atomic.AtomicReferenceFieldUpdater;

/** A scheduled task of a {@link MediaLoop}. */
public final class LoopTimer implements Comparable<LoopTimer> {

    /** Replaces the task once it has run or will not run. */
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

    /** Cancels the task, unless it is running right now, and releases every reference to it. Any thread. */
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

    /** Returns the task the first time; {@link #DONE} after that. */
    Runnable take() {
        return TASK.getAndSet(this, DONE);
    }

    @Override
    public int compareTo(LoopTimer other) {
        return Long.signum(dueNanos - other.dueNanos);
    }
}
