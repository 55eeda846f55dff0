package dev.trunkline.rtc.loop;

/**
 * Is told of each fault that ended one unit of work (a packet, a timer, a task, a call of a listener) and nothing else. May be
 * called on any thread, on a media loop too, and so must not wait.
 */
@FunctionalInterface
public interface FaultListener {

    /**
     * @param where the place: a fixed few words, fit for a metric's label, never taken from what the network sent
     * @param fault what was thrown there, an Error too
     */
    void contained(String where, Throwable fault);

    /** As {@link #contained}, but never throws: a listener may fail as the unit did, for want of memory or stack. */
    default void tell(String where, Throwable fault) {
        try {
            contained(where, fault);
        } catch (Throwable again) {
            // Nobody is left to be told. Whoever called goes on all the same.
        }
    }

    /** Runs a task whose fault is told and ends nothing else. */
    default void guard(String where, Runnable task) {
        try {
            task.run();
        } catch (Throwable fault) {
            tell(where, fault);
        }
    }
}
