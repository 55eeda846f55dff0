package dev.trunkline.rtc.room;

import dev.trunkline.rtc.loop.FaultListener;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.Executor;
import org.jboss.logging.Logger;

/** Calls a room's listener, one call at a time and in order, outside the media loop. May be used from any thread. */
final class ListenerQueue {

    private static final Logger LOG = Logger.getLogger(ListenerQueue.class);

    private final Executor executor;
    private final String logLabel;
    private final FaultListener faults;
    private final Queue<Runnable> waiting = new ArrayDeque<>();
    private boolean running;

    /**
     * @param executor supplies a thread while there are calls to make
     * @param faults told what a listener call threw; the next call is made all the same
     */
    ListenerQueue(Executor executor, String logLabel, FaultListener faults) {
        this.executor = executor;
        this.logLabel = logLabel;
        this.faults = faults;
    }

    void add(Runnable call) {
        synchronized (waiting) {
            waiting.add(call);
            if (running) {
                return;
            }
            running = true;
        }
        try {
            executor.execute(this::drain);
        } catch (Throwable noThread) {
            // Closed, or no memory for a thread: the next call tries again, and makes the waiting ones as well.
            synchronized (waiting) {
                running = false;
            }
            faults.tell("room-listener", noThread);
        }
    }

    private void drain() {
        while (true) {
            Runnable call;
            synchronized (waiting) {
                call = waiting.poll();
                if (call == null) {
                    running = false;
                    return;
                }
            }
            try {
                call.run();
            } catch (Throwable fault) {
                LOG.warnf("%s a room listener failed: %s", logLabel, fault);
                faults.tell("room-listener", fault);
            }
        }
    }
}
