package dev.trunkline.relay.service;

import dev.trunkline.bus.CallEventPublisher;
import dev.trunkline.bus.KafkaAddress;
import dev.trunkline.bus.TopicTail;
import dev.trunkline.events.CallCommand;
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
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Predicate;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** Publishes on Kafka for the other services, and consumes what the relay publishes. */
final class Bus implements AutoCloseable {
    private static final Owners OWNERS = Owners.edge("edge-t");

    private final CallEventPublisher publisher;
    private final Envelopes envelopes = new Envelopes("/test/t", Clock.systemUTC(), UUID::randomUUID);
    private final List<Envelope> heard = new CopyOnWriteArrayList<>();
    private final TopicTail tail;

    Bus(KafkaAddress kafka) {
        publisher = new CallEventPublisher(kafka, "test");
        tail = new TopicTail(
                kafka, "test-tail", List.of(Topics.EVENTS, Topics.COMMANDS), new TopicTail.From.Now(), this::hear);
        tail.start();
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
        Envelope envelope = envelopes.first(event, OWNERS);
        say(envelope);
        return envelope;
    }

    void command(CallCommand command) {
        say(envelopes.first(command, OWNERS));
    }

    void say(Envelope envelope) {
        publisher.publish(envelope).toCompletableFuture().join();
    }

    <T extends CallRecord> Envelope await(CallId call, Class<T> type) throws InterruptedException {
        return await(call, type, any -> true);
    }

    <T extends CallRecord> Envelope await(CallId call, Class<T> type, Predicate<T> which) throws InterruptedException {
        return Await.until(type.getSimpleName() + " of " + call, Duration.ofSeconds(20), () -> find(call, type, which));
    }

    private <T extends CallRecord> Optional<Envelope> find(CallId call, Class<T> type, Predicate<T> which) {
        return heard.stream()
                .filter(envelope -> envelope.callId().equals(call) && type.isInstance(envelope.record()))
                .filter(envelope -> which.test(type.cast(envelope.record())))
                .findFirst();
    }

    /** Returns how many events, without commands, have been published since this instance began to listen. */
    long events() {
        tail.readToEnd().toCompletableFuture().join();
        return heard.stream().filter(envelope -> envelope.record() instanceof CallEvent).count();
    }

    <T extends CallRecord> long count(CallId call, Class<T> type) {
        return heard.stream()
                .filter(envelope -> envelope.callId().equals(call) && type.isInstance(envelope.record()))
                .count();
    }

    @Override
    public void close() {
        tail.close();
        publisher.close();
    }
}
