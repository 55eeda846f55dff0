package dev.trunkline.phone.loop;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.DatagramChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.time.Duration;
import java.util.PriorityQueue;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/** One thread that waits on many sockets, runs tasks and keeps timers. Tasks must not block. */
public final class EventLoop implements AutoCloseable {

    private static final System.Logger LOG = System.getLogger(EventLoop.class.getName());

    /** A task that will run once, unless cancelled. */
    public static final class Timer implements Comparable<Timer> {
        private final long atNanos;
        private final Runnable task;
        private boolean cancelled;

        private Timer(long atNanos, Runnable task) {
            this.atNanos = atNanos;
            this.task = task;
        }

        /** Cancels the timer. Must be called on the loop's thread. */
        public void cancel() {
            cancelled = true;
        }

        @Override
        public int compareTo(Timer other) {
            return Long.signum(atNanos - other.atNanos);
        }
    }

    private final Selector selector;
    private final Thread thread;
    private final Queue<Runnable> tasks = new ConcurrentLinkedQueue<>();
    private final PriorityQueue<Timer> timers = new PriorityQueue<>();
    private volatile boolean open = true;

    public EventLoop(String name) throws IOException {
        selector = Selector.open();
        thread = Thread.ofPlatform().name(name).daemon().start(this::run);
    }

    /** Runs a task on the loop's thread, soon; drops it once the loop is closed. */
    public void execute(Runnable task) {
        tasks.add(task);
        selector.wakeup();
    }

    /** Runs a task later. Must be called on the loop's thread. */
    public Timer after(Duration delay, Runnable task) {
        Timer timer = new Timer(System.nanoTime() + delay.toNanos(), task);
        timers.add(timer);
        return timer;
    }

    /** Calls {@code readable} on the loop's thread whenever the channel has datagrams, until the channel is closed. */
    public void watch(DatagramChannel channel, Runnable readable) {
        execute(() -> {
            try {
                if (channel.isOpen()) {
                    channel.register(selector, SelectionKey.OP_READ, readable);
                }
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
    }

    /** Closes a watched channel; its port is free at once. */
    public void close(DatagramChannel channel) {
        execute(() -> {
            try {
                channel.close();
                // A closed channel keeps its port until its key is removed from the selector.
                selector.selectNow();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
    }

    private void run() {
        while (open) {
            try {
                selector.select(key -> guarded((Runnable) key.attachment()), millisToTimer());
                runTasks();
                fireTimers();
            } catch (IOException e) {
                LOG.log(System.Logger.Level.WARNING, "selector failed", e);
            }
        }
        // Tasks from before the close still run, including those that close sockets.
        runTasks();
    }

    private void runTasks() {
        for (Runnable task = tasks.poll(); task != null; task = tasks.poll()) {
            guarded(task);
        }
    }

    private void fireTimers() {
        long now = System.nanoTime();
        while (!timers.isEmpty() && (timers.peek().cancelled || timers.peek().atNanos - now <= 0)) {
            Timer timer = timers.poll();
            if (!timer.cancelled) {
                guarded(timer.task);
            }
        }
    }

    private long millisToTimer() {
        if (!tasks.isEmpty()) {
            return 1;
        }
        Timer next = timers.peek();
        return next == null ? 0 : Math.max(1, (next.atNanos - System.nanoTime() + 999_999) / 1_000_000);
    }

    /** Runs a task. One bad datagram or listener must not end the thread that serves all calls. */
    private static void guarded(Runnable task) {
        try {
            task.run();
        } catch (RuntimeException e) {
            LOG.log(System.Logger.Level.WARNING, "a task on the phone's loop failed", e);
        }
    }

    /** Ends the thread and closes the selector; not the channels. */
    @Override
    public void close() {
        open = false;
        selector.wakeup();
        try {
            if (Thread.currentThread() != thread) {
                thread.join(Duration.ofSeconds(2));
            }
            selector.close();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
