package dev.trunkline.sip;

import java.time.Duration;

/** Runs delayed tasks one after another on one thread; the tasks therefore need no lock. A caller never waits for a task. */
@FunctionalInterface
public interface Delays {

    /** A scheduled task. */
    @FunctionalInterface
    interface Delayed {
        /** Prevents the task from starting, if it has not started yet. */
        void stop();
    }

    /** @param after zero for immediately, but never before this call has returned to its thread's loop */
    Delayed after(Duration after, Runnable task);

    /** Runs the task as soon as the earlier ones are done. */
    default void execute(Runnable task) {
        after(Duration.ZERO, task);
    }
}
