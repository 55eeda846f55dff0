package dev.trunkline.edge.calls;

import dev.trunkline.edge.call.CallTimer;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.Executor;
import java.util.concurrent.Future;
import java.util.function.Consumer;

/**
 * The timers of one call; used in its mailbox only. A timer that waits for the suite is extended by the time in which
 * the suite was not read.
 */
final class CallTimers {
    private final Timers timers;
    private final Silence silence;
    private final Executor mailbox;
    private final Consumer<CallTimer> expired;
    private final Map<CallTimer, Future<?>> running = new EnumMap<>(CallTimer.class);

    /** @param expired called in the mailbox */
    CallTimers(Timers timers, Silence silence, Executor mailbox, Consumer<CallTimer> expired) {
        this.timers = timers;
        this.silence = silence;
        this.mailbox = mailbox;
        this.expired = expired;
    }

    void start(CallTimer timer, Duration after) {
        start(timer, after, after, silence.now());
    }

    /** @param began when the time {@code after} began, of which {@code left} is left */
    private void start(CallTimer timer, Duration after, Duration left, long began) {
        stop(timer);
        // The mailbox compares futures: a timer that fired while it was being replaced is ignored.
        var started = new Object() {
            Future<?> future;
        };
        started.future = timers.after(left, () -> mailbox.execute(() -> {
            if (running.remove(timer, started.future)) {
                Duration more = silence.left(timer, after, began);
                if (more.isPositive()) {
                    start(timer, after, more, began);
                } else {
                    expired.accept(timer);
                }
            }
        }));
        running.put(timer, started.future);
    }

    void stop(CallTimer timer) {
        Future<?> future = running.remove(timer);
        if (future != null) {
            future.cancel(false);
        }
    }

    void stopAll() {
        running.values().forEach(future -> future.cancel(false));
        running.clear();
    }
}
