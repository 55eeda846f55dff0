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
 * One thread, what waits for it, and its timers. Three kinds of work take turns: timers that ran out, tasks (what the
 * program wants of a transaction), messages. Tasks go before messages: a call that is up is not to wait behind a flood.
 *
 * <p>Whatever a message, a timer or a task throws, an Error too, ends that one and nothing else.
 *
 * @param <M> messages
 */
public final class Lane<M> {
    /** In the counts of faults. */
    public static final String MESSAGE = "sip-lane-message";
    public static final String TIMER = "sip-lane-timer";
    public static final String TASK = "sip-lane-task";

    /** So many of a kind before the other kinds have their turn. */
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

    /** @param work does what a message asks for, on the lane's thread; must not wait */
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

    /** @return false if more than that wait already, and it does not */
    public boolean offer(M message, int most) {
        if (waiting.get() >= most) {
            return false;
        }
        waiting.incrementAndGet();
        messages.add(message);
        wake();
        return true;
    }

    /** Runs it on the lane: now if this is its thread, else soon. */
    public void execute(Runnable task) {
        if (isMine()) {
            task.run();
        } else if (!closed) {
            tasks.add(task);
            wake();
        }
    }

    /** To be called on the lane. */
    public LaneTimer after(Duration delay, Runnable task) {
        var timer = new LaneTimer(timers, task, nanoTime.getAsLong() + delay.toNanos());
        timers.add(timer);
        return timer;
    }

    public boolean isMine() {
        return Thread.currentThread() == thread;
    }

    /** How many messages wait. */
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
                // Between two pieces of work: out of memory, most likely.
                faults.caught(TASK, fault);
            }
        }
        // What the program wanted of a transaction before it closed: a last response.
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

    /** Who adds work after this looked finds it resting, and wakes it. */
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

    /** As {@link Lanes#settle}. */
    boolean settle(BooleanSupplier late) {
        while (waiting() > 0) {
            if (late.getAsBoolean()) {
                return false;
            }
        }
        // The last one may be under way still: what the lane is asked for now is done after it.
        var after = new AtomicBoolean();
        execute(() -> after.set(true));
        while (!after.get()) {
            if (late.getAsBoolean()) {
                return false;
            }
        }
        return true;
    }

    /** Messages that wait are given up; tasks are still done. */
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
