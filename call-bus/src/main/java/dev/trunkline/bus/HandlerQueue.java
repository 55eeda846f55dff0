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
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** Runs a group's handler on virtual threads: in order within a key, keys beside each other. */
final class HandlerQueue {
    private final EventHandler handler;
    private final DeadLetters deadLetters;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    /** Of each key with work in hand: completes when the handler has returned from the last of it. */
    private final ConcurrentHashMap<String, CompletableFuture<Void>> last = new ConcurrentHashMap<>();

    HandlerQueue(EventHandler handler, DeadLetters deadLetters) {
        this.handler = handler;
        this.deadLetters = deadLetters;
    }

    /** @return completes, and never fails, when the event need not come again */
    CompletionStage<Void> submit(ConsumerRecord<String, byte[]> message) {
        String key = message.key() == null ? "" : message.key();
        CompletableFuture<Void> before = last.getOrDefault(key, CompletableFuture.completedFuture(null));
        CompletableFuture<CompletionStage<Void>> returned =
                before.thenApplyAsync(ignored -> handle(message), threads);
        CompletableFuture<Void> tail = returned.thenAccept(ignored -> {});
        last.put(key, tail);
        tail.whenComplete((ignored, failure) -> last.remove(key, tail));
        return returned.thenCompose(stage -> stage);
    }

    /** What the handler cannot do, errors of the virtual machine included, ends as a dead letter. */
    private CompletionStage<Void> handle(ConsumerRecord<String, byte[]> message) {
        try {
            Optional<Envelope> envelope = CallEventCodec.decode(message);
            CompletionStage<Void> handled =
                    envelope.isEmpty() ? CompletableFuture.completedFuture(null) : handler.handle(envelope.get());
            return handled.handle((ignored, failure) -> failure)
                    .thenCompose(failure -> failure == null
                            ? CompletableFuture.completedFuture(null)
                            : deadLetters.bury(message, "handling failed: " + cause(failure)));
        } catch (UnreadableEventException e) {
            return deadLetters.bury(message, e.getMessage());
        } catch (Throwable e) {
            if (threads.isShutdown()) {
                // Interrupted by stop(): not the event's fault. It stays open, so that another member gets it.
                return new CompletableFuture<>();
            }
            return deadLetters.bury(message, "handling failed: " + e);
        }
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
