package dev.trunkline.dispatcher.service;

import dev.trunkline.bus.CallEventPublisher;
import dev.trunkline.bus.KafkaAddress;
import dev.trunkline.bus.TopicTail;
import dev.trunkline.events.CallEvent;
import dev.trunkline.events.CallId;
import dev.trunkline.events.CallRecord;
import dev.trunkline.events.Envelope;
import dev.trunkline.events.Envelope.Owners;
import dev.trunkline.events.Topics;
import dev.trunkline.events.codec.CallEventCodec;
import dev.trunkline.events.codec.Envelopes;
import dev.trunkline.events.codec.UnreadableEventException;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** The rest of the suite: publishes what other services would publish, and consumes everything. */
final class Bus implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final CallEventPublisher publisher;
    private final Envelopes envelopes = new Envelopes("/test/test-1", Clock.systemUTC(), UUID::randomUUID);
    private final TopicTail tail;
    private final List<Envelope> heard = new CopyOnWriteArrayList<>();

    Bus(KafkaAddress kafka) {
        this.publisher = new CallEventPublisher(kafka, "test");
        this.tail = new TopicTail(
                        kafka, "test-tail", List.of(Topics.EVENTS), new TopicTail.From.Now(), this::hear)
                .start();
        tail.caughtUp().toCompletableFuture().join();
    }

    private void hear(ConsumerRecord<String, byte[]> message) {
        try {
            CallEventCodec.decode(message).ifPresent(heard::add);
        } catch (UnreadableEventException e) {
            throw new IllegalStateException(e);
        }
    }

    Envelope say(CallEvent event) {
        return say(envelopes.first(event, Owners.edge("edge-1")));
    }

    Envelope say(Envelope envelope) {
        publisher.publish(envelope).toCompletableFuture().join();
        return envelope;
    }

    /** Waits for a call's first event of a type. */
    Envelope await(CallId callId, Class<? extends CallRecord> type) throws InterruptedException {
        return awaitMany(callId, type, 1).getFirst();
    }

    /** Waits until a call has this many events of a type. */
    List<Envelope> awaitMany(CallId callId, Class<? extends CallRecord> type, int count) throws InterruptedException {
        long until = System.nanoTime() + PATIENCE.toNanos();
        while (all(callId, type).size() < count) {
            if (System.nanoTime() > until) {
                throw new AssertionError("not " + count + " " + type.getSimpleName() + " for " + callId
                        + " but " + all(callId, CallRecord.class));
            }
            Thread.sleep(10);
        }
        return all(callId, type);
    }

    List<Envelope> all(CallId callId, Class<? extends CallRecord> type) {
        return heard.stream()
                .filter(envelope -> envelope.callId().equals(callId) && type.isInstance(envelope.record()))
                .toList();
    }

    @Override
    public void close() {
        tail.close();
        publisher.close();
    }
}
