package dev.trunkline.sip.lane;

import dev.trunkline.sip.net.Faults;
import dev.trunkline.sip.net.Pulse;
import java.time.Duration;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/**
 * One thread, its queues and its timers. Three kinds of work take turns: timers that have fired, tasks (actions of the program
 * on a transaction), messages. Tasks go before messages: an ongoing call must not wait behind a flood.
 *
 * <p>Anything that a message, a timer or a task throws, including an Error, ends only that one.
 *
 * @param <M> messages
 */
public final class Lane<M> {
    /** Names in the fault counts. */
    public static final String MESSAGE = "sip-lane-message";
    public static final String TIMER = "sip-lane-timer";
    public static final String TASK = "sip-lane-task";

    /** Items of one kind that are processed before the other kinds have their turn. */
    private static final int TURN = 64;
    private static final int LAST_TURNS = 1_000;
    private static final Duration LONGEST_END = Duration.ofMillis(500);
    private static final long LONGEST_REST = Duration.ofMillis(500).toNanos();

    private final Consumer<M> work;
    private final LongSupplier nanoTime;
    private final Faults faults;
    private final Pulse pulse;
    private final Queue<M> messages = new ConcurrentLinkedQueue<>();
    private final Queue<Runnable> tasks = new ConcurrentLinkedQueue<>();
    private final AtomicInteger waiting = new AtomicInteger();
    private final LaneTimers timers = new LaneTimers();
    private final Thread thread;
    private volatile boolean resting;
    private volatile boolean closed;

    /** @param work handles a message, on the lane's thread; must not wait */
    Lane(String name, Consumer<M> work, LongSupplier nanoTime, Faults faults) {
        this.work = work;
        this.nanoTime = nanoTime;
        this.faults = faults;
        this.pulse = new Pulse(nanoTime);
        this.thread = Thread.ofPlatform().daemon().name(name).unstarted(this::run);
    }

    void start() {
        thread.start();
    }

    /** @return false if that many or more wait already; the message is then not queued */
    public boolean offer(M message, int most) {
        if (waiting.get() >= most) {
            return false;
        }
        waiting.incrementAndGet();
        messages.add(message);
        wake();
        return true;
    }

    /** Runs a task on the lane: immediately if this is its thread, otherwise soon. */
    public void execute(Runnable task) {
        if (isMine()) {
            task.run();
        } else if (!closed) {
            tasks.add(task);
            wake();
        }
    }

    /** Starts a timer. Must be called on the lane. */
    public LaneTimer after(Duration delay, Runnable task) {
        var timer = new LaneTimer(timers, task, nanoTime.getAsLong() + delay.toNanos());
        timers.add(timer);
        return timer;
    }

    public boolean isMine() {
        return Thread.currentThread() == thread;
    }

    /** Returns how many messages wait. */
    public int waiting() {
        return waiting.get();
    }

    void ask() {
        pulse.ask();
        wake();
    }

    boolean alive() {
        return thread.isAlive() && pulse.alive();
    }

    private void wake() {
        if (resting) {
            LockSupport.unpark(thread);
        }
    }

    private void run() {
        while (!closed) {
            try {
                turn();
            } catch (Throwable fault) {
                // Thrown between two pieces of work: out of memory, most likely.
                faults.caught(TASK, fault);
            }
        }
        // Runs what the program requested before it closed, such as a last response.
        int turns = 0;
        while (turns < LAST_TURNS && runTasks()) {
            turns++;
        }
    }

    private void turn() {
        pulse.answer();
        boolean worked = runTimers();
        worked |= runTasks();
        worked |= runMessages();
        if (!worked) {
            rest();
        }
    }

    private boolean runTimers() {
        Optional<LaneTimer> due = timers.due(nanoTime.getAsLong());
        boolean any = due.isPresent();
        for (int i = 1; due.isPresent(); i++) {
            LaneTimer timer = due.get();
            try {
                timer.run();
            } catch (Throwable fault) {
                faults.caught(TIMER, fault);
            }
            due = i < TURN ? timers.due(nanoTime.getAsLong()) : Optional.empty();
        }
        return any;
    }

    private boolean runTasks() {
        boolean any = false;
        Runnable task;
        for (int i = 0; i < TURN && (task = tasks.poll()) != null; i++) {
            any = true;
            try {
                task.run();
            } catch (Throwable fault) {
                faults.caught(TASK, fault);
            }
        }
        return any;
    }

    private boolean runMessages() {
        boolean any = false;
        M message;
        for (int i = 0; i < TURN && tasks.isEmpty() && (message = messages.poll()) != null; i++) {
            any = true;
            waiting.decrementAndGet();
            try {
                work.accept(message);
            } catch (Throwable fault) {
                faults.caught(MESSAGE, fault);
            }
        }
        return any;
    }

    /** Waits for work. A thread that adds work after the check finds this lane resting, and wakes it. */
    private void rest() {
        resting = true;
        try {
            if (messages.isEmpty() && tasks.isEmpty() && !closed) {
                long rest = timers.untilFirst(nanoTime.getAsLong(), LONGEST_REST);
                if (rest > 0) {
                    LockSupport.parkNanos(this, rest);
                }
            }
        } finally {
            resting = false;
        }
    }

    /** Does the same as {@link Lanes#settle} for this lane. */
    boolean settle(BooleanSupplier late) {
        while (waiting() > 0) {
            if (late.getAsBoolean()) {
                return false;
            }
        }
        // The last message may still be in progress: a task that is added now runs after it.
        var after = new AtomicBoolean();
        execute(() -> after.set(true));
        while (!after.get()) {
            if (late.getAsBoolean()) {
                return false;
            }
        }
        return true;
    }

    /** Ends the lane. Waiting messages are dropped; tasks are still run. */
    void close() {
        closed = true;
        LockSupport.unpark(thread);
    }

    void awaitEnd() {
        if (isMine()) {
            return;
        }
        try {
            thread.join(LONGEST_END.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
