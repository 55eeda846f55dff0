package dev.trunkline.sip.lane;

/** Something that a lane does later. Belongs to its lane: to be used on its thread. */
public final class LaneTimer {
    static final int NOWHERE = -1;

    private final LaneTimers timers;
    private final Runnable task;
    private final long due;
    private int place = NOWHERE;

    LaneTimer(LaneTimers timers, Runnable task, long due) {
        this.timers = timers;
        this.task = task;
        this.due = due;
    }

    /** It will not run; nothing is held for it any more. */
    public void stop() {
        timers.remove(this);
    }

    long due() {
        return due;
    }

    void run() {
        task.run();
    }

    int place() {
        return place;
    }

    void place(int now) {
        place = now;
    }
}
