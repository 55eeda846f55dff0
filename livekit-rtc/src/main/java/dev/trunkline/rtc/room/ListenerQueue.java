package dev.trunkline.rtc.room;

import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.Executor;
import org.jboss.logging.Logger;

/** Calls a room's listener, one call at a time and in order, away from the media loop. May be used from any thread. */
final class ListenerQueue {

    private static final Logger LOG = Logger.getLogger(ListenerQueue.class);

    private final Executor executor;
    private final String logLabel;
    private final Queue<Runnable> waiting = new ArrayDeque<>();
    private boolean running;

    /** @param executor gives a thread while there is something to call */
    ListenerQueue(Executor executor, String logLabel) {
        this.executor = executor;
        this.logLabel = logLabel;
    }

    void add(Runnable call) {
        synchronized (waiting) {
            waiting.add(call);
            if (running) {
                return;
            }
            running = true;
        }
        executor.execute(this::drain);
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
            } catch (RuntimeException e) {
                LOG.errorf(e, "%s a room listener failed", logLabel);
            }
        }
    }
}
