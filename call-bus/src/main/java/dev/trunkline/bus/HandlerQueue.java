package dev.trunkline.bus;

import dev.trunkline.events.Envelope;
import dev.trunkline.events.codec.CallEventCodec;
import dev.trunkline.events.codec.UnreadableEventException;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** Runs a group's handler on virtual threads: in order within a key, different keys in parallel. */
final class HandlerQueue {
    private static final String WHERE = "event-handler";

    private final EventHandler handler;
    private final DeadLetters deadLetters;
    private final ContainedFaults faults;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    /** For each key with work in hand: completes when the handler has returned from the last event. */
    private final ConcurrentHashMap<String, CompletableFuture<Void>> last = new ConcurrentHashMap<>();

    HandlerQueue(EventHandler handler, DeadLetters deadLetters, ContainedFaults faults) {
        this.handler = handler;
        this.deadLetters = deadLetters;
        this.faults = faults;
    }

    /**
     * Callable from any thread; if two threads submit events of one key at the same time, these are handled one after
     * the other.
     *
     * @return completes, and never fails, when the event need not be redelivered
     */
    CompletionStage<Void> submit(ConsumerRecord<String, byte[]> message) {
        String key = message.key() == null ? "" : message.key();
        var handled = new CompletableFuture<Void>();
        CompletableFuture<Void> tail = last.compute(key, (same, before) -> begin(before, message, handled));
        tail.whenComplete((ignored, failure) -> last.remove(key, tail));
        return handled;
    }

    private CompletableFuture<Void> begin(
            CompletableFuture<Void> before, ConsumerRecord<String, byte[]> message, CompletableFuture<Void> handled) {
        CompletableFuture<Void> ready = before == null ? CompletableFuture.completedFuture(null) : before;
        try {
            // This event is handled whatever happened to the previous one.
            return ready.handleAsync((ignored, failure) -> handle(message, handled), threads);
        } catch (RejectedExecutionException e) {
            // stop() came first. The event stays open, so another member gets it.
            return CompletableFuture.completedFuture(null);
        }
    }

    private Void handle(ConsumerRecord<String, byte[]> message, CompletableFuture<Void> handled) {
        try {
            stageOf(message).whenComplete((ignored, failure) -> handled.complete(null));
        } catch (Throwable fault) {
            // The handler did not return a stage that can be waited for: the partition continues.
            faults.caught(WHERE, fault);
            handled.complete(null);
        }
        return null;
    }

    /** An event that the handler fails on, even with an error of the virtual machine, becomes a dead letter. */
    private CompletionStage<Void> stageOf(ConsumerRecord<String, byte[]> message) {
        try {
            Optional<Envelope> envelope = CallEventCodec.decode(message);
            CompletionStage<Void> handled =
                    envelope.isEmpty() ? CompletableFuture.completedFuture(null) : handler.handle(envelope.get());
            return handled.handle((ignored, failure) -> failure)
                    .thenCompose(failure -> failure == null
                            ? CompletableFuture.completedFuture(null)
                            : failed(message, cause(failure)));
        } catch (UnreadableEventException e) {
            return deadLetters.bury(message, e.getMessage());
        } catch (Throwable e) {
            if (threads.isShutdown()) {
                // Interrupted by stop(): not the event's fault. It stays open, so another member gets it.
                return new CompletableFuture<>();
            }
            return failed(message, e);
        }
    }

    private CompletionStage<Void> failed(ConsumerRecord<String, byte[]> message, Throwable fault) {
        faults.caught(WHERE, fault);
        return deadLetters.bury(message, "handling failed", fault);
    }

    private static Throwable cause(Throwable failure) {
        return failure instanceof CompletionException wrapper && wrapper.getCause() != null
                ? wrapper.getCause()
                : failure;
    }

    /** Interrupts the handlers that still run. */
    void stop() {
        threads.shutdownNow();
    }
}
