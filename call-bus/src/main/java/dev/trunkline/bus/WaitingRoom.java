package dev.trunkline.bus;

import java.time.Duration;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Where events that Kafka's producer could not accept at once wait in order; a separate thread sends them. Bounded by count and
 * by octets, except for last events: a call has only one, and nothing else releases its slot and writes its bill. Thread-safe.
 */
final class WaitingRoom implements AutoCloseable {
    /** Ten minutes of heartbeats of 1,000 calls, and the same amount again. */
    static final int MOST_EVENTS = 120_000;
    /** A quarter of the heap, but never more than this. */
    private static final long MOST_OCTETS = 256L * 1_024 * 1_024;

    private final int mostEvents;
    private final long mostOctets;
    private final AtomicInteger events = new AtomicInteger();
    private final AtomicLong octets = new AtomicLong();
    private final ThreadPoolExecutor sender;

    WaitingRoom(String clientId) {
        this(clientId, MOST_EVENTS, Math.min(MOST_OCTETS, Runtime.getRuntime().maxMemory() / 4));
    }

    WaitingRoom(String clientId, int mostEvents, long mostOctets) {
        this.mostEvents = mostEvents;
        this.mostOctets = mostOctets;
        this.sender = new ThreadPoolExecutor(
                1, 1, 0, TimeUnit.SECONDS, new LinkedBlockingQueue<>(),
                Thread.ofPlatform().daemon().name("kafka-send-" + clientId).factory());
    }

    /** While an event waits, later events must wait too, or they would overtake it. */
    boolean isOccupied() {
        return events.get() > 0;
    }

    /**
     * @param size of the event in octets
     * @param always for a last event
     * @param send run by the sender's thread, after everything that came before
     * @throws RejectedExecutionException if there is no space left, or the room is closed
     */
    void enter(int size, boolean always, Runnable send) {
        int count = events.incrementAndGet();
        long sum = octets.addAndGet(size);
        if (!always && (count > mostEvents || sum > mostOctets)) {
            leave(size);
            throw new RejectedExecutionException(
                    "%d events of %d octets in total are already waiting for Kafka".formatted(count - 1, sum - size));
        }
        try {
            sender.execute(() -> {
                try {
                    send.run();
                } finally {
                    leave(size);
                }
            });
        } catch (Throwable notTaken) {
            leave(size);
            throw notTaken;
        }
    }

    private void leave(int size) {
        octets.addAndGet(-size);
        events.decrementAndGet();
    }

    /** Sends waiting events for at most this long. @return how many could not be sent */
    int close(Duration atMost) {
        sender.shutdown();
        try {
            // The event that is being sent is no longer in the queue.
            return sender.awaitTermination(atMost.toMillis(), TimeUnit.MILLISECONDS) ? 0 : sender.shutdownNow().size() + 1;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return sender.shutdownNow().size() + 1;
        }
    }

    @Override
    public void close() {
        close(Duration.ofSeconds(5));
    }
}
