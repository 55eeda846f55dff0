package dev.trunkline.rtc.loop;

/**
 * Is told of each fault that ended one unit of work (a packet, a timer, a task, a listener call) and nothing else. May be
 * called on any thread, including a media loop, and so must not block.
 */
@FunctionalInterface
public interface FaultListener {

    /**
     * @param where the place: one of a few fixed terms, fit for a metric's label, never taken from network input
     * @param fault the exception or error thrown there
     */
    void contained(String where, Throwable fault);

    /** As {@link #contained}, but never throws: a listener may fail for the same reason as the unit, for lack of memory or stack. */
    default void tell(String where, Throwable fault) {
        try {
            contained(where, fault);
        } catch (Throwable again) {
            // There is nobody left to tell. The calling code continues all the same.
        }
    }

    /** Runs a task; if it throws, the fault is reported and ends nothing else. */
    default void guard(String where, Runnable task) {
        try {
            task.run();
        } catch (Throwable fault) {
            tell(where, fault);
        }
    }
}
