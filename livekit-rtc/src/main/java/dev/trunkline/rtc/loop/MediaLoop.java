package dev.trunkline.rtc.loop;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.CancelledKeyException;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.DatagramChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.time.Duration;
import java.util.PriorityQueue;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jboss.logging.Logger;

/**
 * One thread with one selector, on which many UDP sockets, tasks and timers live. What belongs together, for example both
 * sides of a call, lives on one loop and so needs no lock. Nothing that runs here may wait.
 *
 * <p>A failing task or handler is logged and costs nobody else anything.
 */
public final class MediaLoop implements Executor, AutoCloseable {

    private static final Logger LOG = Logger.getLogger(MediaLoop.class);

    /** More than any datagram that a path without fragments carries; longer ones are cut, and then fail to parse. */
    private static final int DATAGRAM_LIMIT = 4096;

    /** Datagrams taken from one socket before the next gets its turn. */
    private static final int BURST = 32;

    private final Selector selector;
    private final Thread thread;
    private final Queue<Runnable> tasks = new ConcurrentLinkedQueue<>();
    private final AtomicBoolean wakeupPending = new AtomicBoolean();
    private final PriorityQueue<LoopTimer> timers = new PriorityQueue<>();
    private final ByteBuffer receiveBuffer = ByteBuffer.allocateDirect(DATAGRAM_LIMIT);
    private final byte[] datagram = new byte[DATAGRAM_LIMIT];
    private final ByteBuffer sendBuffer = ByteBuffer.allocateDirect(65_536);
    private volatile boolean closed;

    private MediaLoop(String name) {
        try {
            selector = Selector.open();
        } catch (IOException e) {
            throw new UncheckedIOException("no selector for the media loop " + name, e);
        }
        thread = Thread.ofPlatform().name(name).daemon(true).unstarted(this::run);
    }

    /** Starts a loop; its thread is a daemon with this name. */
    public static MediaLoop start(String name) {
        MediaLoop loop = new MediaLoop(name);
        loop.thread.start();
        return loop;
    }

    /** Runs a task on the loop, in the order of the calls. A closed loop runs nothing more. */
    @Override
    public void execute(Runnable task) {
        tasks.add(task);
        if (!inLoop() && wakeupPending.compareAndSet(false, true)) {
            selector.wakeup();
        }
    }

    /** Runs a task on the loop after a delay. */
    public LoopTimer schedule(Duration delay, Runnable task) {
        LoopTimer timer = new LoopTimer(System.nanoTime() + delay.toNanos(), task);
        if (inLoop()) {
            timers.add(timer);
        } else {
            execute(() -> timers.add(timer));
        }
        return timer;
    }

    /** Puts a bound socket on the loop; the registration owns it from now on and closes it. */
    public SocketRegistration register(DatagramChannel channel, PacketHandler handler) {
        SocketRegistration registration = new SocketRegistration(this, channel, handler);
        try {
            channel.configureBlocking(false);
            // Since JDK 11 a channel may be registered while another thread selects; it counts from the next select on.
            channel.register(selector, SelectionKey.OP_READ, registration);
        } catch (IOException e) {
            throw new UncheckedIOException("the socket cannot be put on the media loop", e);
        }
        execute(() -> { });
        return registration;
    }

    /** Whether the caller runs on this loop. */
    public boolean inLoop() {
        return Thread.currentThread() == thread;
    }

    /** Stops the thread and closes every socket on it. */
    @Override
    public void close() {
        closed = true;
        selector.wakeup();
    }

    ByteBuffer sendBuffer() {
        if (!inLoop()) {
            throw new IllegalStateException("packets are sent on their media loop only: use MediaLoop.execute");
        }
        return sendBuffer;
    }

    private void run() {
        while (!closed) {
            try {
                select();
                wakeupPending.set(false);
                runTasks();
                runTimers();
            } catch (IOException e) {
                LOG.error("the media loop cannot select", e);
            }
        }
        closeSockets();
    }

    private void select() throws IOException {
        if (!tasks.isEmpty()) {
            selector.selectNow(this::receive);
            return;
        }
        LoopTimer next = timers.peek();
        if (next == null) {
            selector.select(this::receive);
            return;
        }
        long nanos = next.dueNanos() - System.nanoTime();
        if (nanos <= 0) {
            selector.selectNow(this::receive);
        } else {
            // Rounded up: waking a fraction too early would spin until the timer is due.
            selector.select(this::receive, TimeUnit.NANOSECONDS.toMillis(nanos) + 1);
        }
    }

    private void runTasks() {
        for (Runnable task = tasks.poll(); task != null; task = tasks.poll()) {
            guarded(task);
        }
    }

    private void runTimers() {
        for (LoopTimer next = timers.peek(); next != null && next.dueNanos() - System.nanoTime() <= 0; next = timers.peek()) {
            timers.remove();
            guarded(next::run);
        }
    }

    private void receive(SelectionKey key) {
        SocketRegistration registration = (SocketRegistration) key.attachment();
        DatagramChannel channel = registration.channel();
        try {
            for (int i = 0; i < BURST; i++) {
                receiveBuffer.clear();
                InetSocketAddress from = (InetSocketAddress) channel.receive(receiveBuffer);
                if (from == null) {
                    return;
                }
                int length = receiveBuffer.position();
                receiveBuffer.flip().get(datagram, 0, length);
                registration.handler().received(from, datagram, length);
            }
        } catch (ClosedChannelException | CancelledKeyException e) {
            key.cancel();
        } catch (IOException e) {
            // An ICMP error that an earlier packet caused. The socket goes on.
            LOG.debug("a socket of the media loop reported an error", e);
        } catch (RuntimeException | LinkageError e) {
            LOG.error("a packet handler failed", e);
        }
    }

    private void guarded(Runnable task) {
        try {
            task.run();
        } catch (RuntimeException | LinkageError e) {
            LOG.error("a task of the media loop failed", e);
        }
    }

    private void closeSockets() {
        try {
            for (SelectionKey key : selector.keys()) {
                key.channel().close();
            }
            selector.close();
        } catch (IOException e) {
            LOG.debug("closing the media loop", e);
        }
    }
}
