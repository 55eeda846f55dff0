package dev.trunkline.sip;

import java.time.Duration;

/**
 * Runs what is to be done later, on one thread and one after the other, so that what it runs needs no lock. Never waits for
 * what it runs.
 */
@FunctionalInterface
public interface Delays {

    /** Something that is to be done. */
    @FunctionalInterface
    interface Delayed {
        /** From now on it is not begun any more. */
        void stop();
    }

    /** @param after zero for at once, but never before this call has returned to its thread's loop */
    Delayed after(Duration after, Runnable task);

    /** As soon as what came before is done. */
    default void execute(Runnable task) {
        after(Duration.ZERO, task);
    }
}
