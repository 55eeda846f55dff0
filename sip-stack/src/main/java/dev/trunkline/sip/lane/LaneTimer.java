package dev.trunkline.sip.lane;

/** A delayed task of a lane. Must be used on the lane's thread. */
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

    /** Cancels the timer and releases what it holds. */
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
