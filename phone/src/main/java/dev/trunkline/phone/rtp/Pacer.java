package dev.trunkline.phone.rtp;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;

/** One thread that makes every call send a packet each 20 ms. Calls are spread over four moments, so that they do not send in one burst. */
public final class Pacer implements AutoCloseable {

    private static final int SLOTS = 4;
    private static final long SLOT_NANOS = 5_000_000;
    /** After a pause longer than this, the missed time is skipped instead of being sent in a burst. */
    private static final long MOST_BEHIND = 100_000_000;

    /** Called each 20 ms, with a buffer that it may use during the call. */
    @FunctionalInterface
    public interface Paced {
        void tick(ByteBuffer scratch);
    }

    private final List<CopyOnWriteArrayList<Paced>> slots = IntStream.range(0, SLOTS).mapToObj(i -> new CopyOnWriteArrayList<Paced>()).toList();
    private final Thread thread;
    private volatile boolean open = true;

    public Pacer(String name) {
        thread = Thread.ofPlatform().name(name).daemon().start(this::run);
    }

    /** Starts calling it. */
    public synchronized void add(Paced paced) {
        slots.stream().min(Comparator.comparingInt(List::size)).orElseThrow().add(paced);
        LockSupport.unpark(thread);
    }

    /** Stops calling it; a call in progress may still end after this returns. */
    public synchronized void remove(Paced paced) {
        slots.forEach(slot -> slot.remove(paced));
    }

    private void run() {
        ByteBuffer scratch = ByteBuffer.allocateDirect(512);
        long next = System.nanoTime();
        for (int slot = 0; open; slot = (slot + 1) % SLOTS) {
            if (slots.stream().allMatch(List::isEmpty)) {
                LockSupport.park(this);
                next = System.nanoTime();
                continue;
            }
            long wait = next - System.nanoTime();
            while (wait > 0 && open) {
                LockSupport.parkNanos(this, wait);
                wait = next - System.nanoTime();
            }
            for (Paced paced : slots.get(slot)) {
                paced.tick(scratch);
            }
            next = -wait > MOST_BEHIND ? System.nanoTime() + SLOT_NANOS : next + SLOT_NANOS;
        }
    }

    @Override
    public void close() {
        open = false;
        LockSupport.unpark(thread);
        try {
            thread.join(Duration.ofSeconds(2));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
