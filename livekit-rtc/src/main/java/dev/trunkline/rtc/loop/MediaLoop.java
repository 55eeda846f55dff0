package dev.trunkline.rtc.loop;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.ClosedSelectorException;
import java.nio.channels.DatagramChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.time.Duration;
import java.util.PriorityQueue;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.jboss.logging.Logger;

/**
 * One thread with one selector, which serves many UDP sockets, tasks and timers. What belongs together, for example both
 * sides of a call, runs on one loop and so needs no lock. Nothing that runs here may block.
 *
 * <p>If a packet's handler, a task or a timer throws, even an Error, the loop's {@link FaultListener} is told, and only
 * that packet, task or timer ends. The loop outlives its selector too: a broken one is replaced.
 */
public final class MediaLoop implements Executor, AutoCloseable {

    private static final Logger LOG = Logger.getLogger(MediaLoop.class);

    /** Rounds of reading sockets that may delay a timer that is due. */
    private static final int MOST_ROUNDS = 32;

    /** Tasks run before packets and timers get their turn, so that a task that resubmits itself does not starve them. */
    private static final int MOST_TASKS = 1_000;

    /** Below this many cancelled timers, searching for them is not worthwhile. */
    private static final int FEW_CANCELLED = 64;

    /** Pause after a failed select, so that a loop whose selects keep failing does not occupy its whole processor. */
    private static final Duration AFTER_FAILED_SELECT = Duration.ofMillis(5);

    /** How long closing waits for a loop that is stuck in a task. */
    private static final Duration STOPPING = Duration.ofSeconds(1);

    private final String name;
    private final FaultListener faults;
    private final Thread thread;
    private final Queue<Runnable> tasks = new ConcurrentLinkedQueue<>();
    private final AtomicBoolean wakeupPending = new AtomicBoolean();
    private final PriorityQueue<LoopTimer> timers = new PriorityQueue<>();
    private final AtomicInteger waiting = new AtomicInteger();
    private final AtomicInteger cancelled = new AtomicInteger();
    private final Set<SocketRegistration> registrations = ConcurrentHashMap.newKeySet();
    private final DatagramReceiver receiver;
    private final ByteBuffer sendBuffer = ByteBuffer.allocateDirect(65_536);
    private volatile Selector selector;
    private volatile boolean closed;

    private MediaLoop(String name, FaultListener faults) {
        this.name = name;
        this.faults = faults;
        this.receiver = new DatagramReceiver(faults);
        try {
            selector = Selector.open();
        } catch (IOException e) {
            throw new UncheckedIOException("could not open a selector for the media loop " + name, e);
        }
        thread = Thread.ofPlatform().name(name).daemon(true).unstarted(this::run);
    }

    /** Starts a loop whose faults are logged; its thread is a daemon with this name. */
    public static MediaLoop start(String name) {
        return start(name, (where, fault) -> LOG.errorf(fault, "%s: a fault was contained", where));
    }

    /** Starts a loop; its thread is a daemon with this name. @param faults is told of each fault that ended one unit of work */
    public static MediaLoop start(String name, FaultListener faults) {
        MediaLoop loop = new MediaLoop(name, faults);
        loop.thread.start();
        return loop;
    }

    public String name() {
        return name;
    }

    /** Runs a task on the loop, in submission order. A closed loop runs nothing more. */
    @Override
    public void execute(Runnable task) {
        tasks.add(task);
        if (!inLoop() && wakeupPending.compareAndSet(false, true)) {
            selector.wakeup();
        }
    }

    /** Runs a task on the loop after a delay. */
    public LoopTimer schedule(Duration delay, Runnable task) {
        LoopTimer timer = new LoopTimer(this, System.nanoTime() + delay.toNanos(), task);
        waiting.incrementAndGet();
        if (inLoop()) {
            timers.add(timer);
        } else {
            execute(() -> timers.add(timer));
        }
        return timer;
    }

    /**
     * Puts a bound socket on the loop; from now on the registration owns it and closes it.
     *
     * @throws UncheckedIOException if the socket is closed already; the caller keeps its ownership
     */
    public SocketRegistration register(DatagramChannel channel, PacketHandler handler) {
        SocketRegistration registration = new SocketRegistration(this, channel, handler);
        registrations.add(registration);
        try {
            channel.configureBlocking(false);
            // Since JDK 11 a channel may be registered while another thread selects; it takes effect from the next select on.
            channel.register(selector, SelectionKey.OP_READ, registration);
        } catch (ClosedSelectorException replaced) {
            // The loop is about to open another selector, and registers every socket with it.
            LOG.debugf("%s a socket waits for the next selector", name);
        } catch (IOException e) {
            registrations.remove(registration);
            throw new UncheckedIOException("the socket cannot be registered with the media loop", e);
        }
        execute(() -> { });
        return registration;
    }

    /** Whether the caller runs on this loop. */
    public boolean inLoop() {
        return Thread.currentThread() == thread;
    }

    /**
     * Checks that the loop is alive: completes once it has processed its tasks and runs timers that are due. Never completes
     * if the loop has stopped or is stuck.
     */
    public CompletionStage<Void> beat() {
        CompletableFuture<Void> answered = new CompletableFuture<>();
        schedule(Duration.ZERO, () -> answered.complete(null));
        return answered;
    }

    /** Number of pending timers, without cancelled ones. Any thread. */
    public int timers() {
        return waiting.get();
    }

    /** Number of sockets on this loop. Any thread. */
    public int sockets() {
        return registrations.size();
    }

    /** Reports a fault that other code on this loop has contained itself. */
    public void contained(String where, Throwable fault) {
        faults.tell(where, fault);
    }

    /**
     * Stops the thread and closes every socket on it before it returns, unless the loop is stuck. Any thread; on the loop's own it does
     * not wait.
     */
    @Override
    public void close() {
        closed = true;
        selector.wakeup();
        if (!inLoop()) {
            try {
                thread.join(STOPPING);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }

    ByteBuffer sendBuffer() {
        if (!inLoop()) {
            throw new IllegalStateException("packets may only be sent on their media loop: use MediaLoop.execute");
        }
        return sendBuffer;
    }

    void forget(SocketRegistration registration) {
        registrations.remove(registration);
    }

    /** A timer will not run any more; it may still be in the queue. */
    void cancelled() {
        waiting.decrementAndGet();
        cancelled.incrementAndGet();
    }

    private void run() {
        while (!closed) {
            try {
                select();
            } catch (Throwable fault) {
                faults.tell("media-loop-select", fault);
                recover();
            }
            try {
                // Otherwise every later select would return at once, and the loop would occupy its whole processor.
                Thread.interrupted();
                wakeupPending.set(false);
                runTasks();
                runTimers();
            } catch (Throwable fault) {
                faults.tell("media-loop", fault);
            }
        }
        closeSockets();
    }

    private void select() throws IOException {
        long wait = tasks.isEmpty() ? nanosToTimer() : 0;
        // Packets that have arrived are processed before a timer that is due: after a stall they have piled up, and a playback tick that
        // ran first would find too little to play.
        for (int i = 0; i < MOST_ROUNDS; i++) {
            receiver.begin();
            if (wait == Long.MAX_VALUE) {
                selector.select(receiver);
            } else if (wait <= 0) {
                selector.selectNow(receiver);
            } else {
                // Rounded up: waking slightly too early would spin until the timer is due.
                selector.select(receiver, TimeUnit.NANOSECONDS.toMillis(wait) + 1);
            }
            wait = 0;
            if (receiver.taken() == 0 || nanosToTimer() > 0) {
                return;
            }
        }
    }

    /** Time until the first timer is due; negative if it is overdue. */
    private long nanosToTimer() {
        LoopTimer next = timers.peek();
        return next == null ? Long.MAX_VALUE : next.dueNanos() - System.nanoTime();
    }

    /** A closed selector is replaced by a new one, which takes over its sockets. */
    private void recover() {
        try {
            LockSupport.parkNanos(AFTER_FAILED_SELECT.toNanos());
            if (!closed && !selector.isOpen()) {
                selector = Selector.open();
                for (SocketRegistration registration : registrations) {
                    faults.guard("media-loop-select", () -> putBack(registration));
                }
            }
        } catch (Throwable fault) {
            // For example, no file descriptor was free: the next round tries again.
            faults.tell("media-loop-select", fault);
        }
    }

    private void putBack(SocketRegistration registration) {
        try {
            registration.channel().register(selector, SelectionKey.OP_READ, registration);
        } catch (ClosedChannelException e) {
            registrations.remove(registration);
        }
    }

    private void runTasks() {
        for (int i = 0; i < MOST_TASKS; i++) {
            Runnable task = tasks.poll();
            if (task == null) {
                return;
            }
            faults.guard("media-loop-task", task);
        }
    }

    private void runTimers() {
        // A timer that another timer schedules for now runs in the next round.
        long now = System.nanoTime();
        for (LoopTimer next = timers.peek(); next != null && next.dueNanos() - now <= 0; next = timers.peek()) {
            timers.remove();
            Runnable task = next.take();
            if (task != LoopTimer.DONE) {
                waiting.decrementAndGet();
                faults.guard("media-loop-timer", task);
            }
        }
        forgetCancelled();
    }

    /** Timers of ended calls are removed, instead of staying until they would have been due. */
    private void forgetCancelled() {
        if (cancelled.get() > FEW_CANCELLED && cancelled.get() * 2 > timers.size()) {
            cancelled.set(0);
            timers.removeIf(LoopTimer::isDone);
        }
    }

    private void closeSockets() {
        for (SocketRegistration registration : registrations) {
            faults.guard("media-loop-socket", registration::close);
        }
        try {
            selector.close();
        } catch (IOException e) {
            LOG.debug("closing the media loop", e);
        }
    }

    /** Number of timers in the queue, including cancelled ones. Call on the loop. */
    int queued() {
        return timers.size();
    }

    Selector selector() {
        return selector;
    }
}
