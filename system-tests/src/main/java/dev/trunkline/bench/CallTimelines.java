package dev.trunkline.bench;

import dev.trunkline.bus.KafkaAddress;
import dev.trunkline.bus.TopicTail;
import dev.trunkline.events.CallRecord;
import dev.trunkline.events.Envelope;
import dev.trunkline.events.Topics;
import dev.trunkline.events.codec.CallEventCodec;
import dev.trunkline.events.codec.UnreadableEventException;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** Follows every call of the suite on Kafka, from the moment it is opened. */
final class CallTimelines implements AutoCloseable {
    private final Map<String, CallTimeline> calls = new ConcurrentHashMap<>();
    private final Written written = new Written();
    private final TopicTail tail;

    private CallTimelines(KafkaAddress kafka) {
        // Moments are those that the events themselves say, so the benchmark need not take CPU from what it measures.
        tail = new TopicTail(kafka, "trunkline-bench", List.of(Topics.EVENTS), new TopicTail.From.Now(), this::read)
                .unhurried(Duration.ofMillis(100));
    }

    /** Opens it. @throws IOException if Kafka does not answer */
    static CallTimelines follow(KafkaAddress kafka) throws IOException, InterruptedException {
        CallTimelines timelines = new CallTimelines(kafka);
        timelines.tail.start();
        try {
            timelines.tail.caughtUp().toCompletableFuture().get(10, TimeUnit.SECONDS);
            return timelines;
        } catch (TimeoutException | ExecutionException e) {
            timelines.close();
            throw new IOException("Kafka at " + kafka.bootstrapServers() + " does not answer: is the suite still running?");
        }
    }

    private void read(ConsumerRecord<String, byte[]> message) {
        try {
            CallEventCodec.decode(message).ifPresent(envelope -> {
                written.add(envelope.record(), message);
                add(envelope);
            });
        } catch (UnreadableEventException e) {
            // It is not an event of a call that can be measured.
        }
    }

    private void add(Envelope envelope) {
        calls.computeIfAbsent(envelope.callId().toString(), key -> new CallTimeline()).add(envelope);
    }

    /** Forgets everything seen so far. */
    void clear() {
        calls.clear();
        written.clear();
    }

    /** Returns what was written to the topic since the start or the last {@link #clear}. */
    Written written() {
        return written;
    }

    /** Returns the calls whose INVITE was seen. */
    List<CallTimeline> calls() {
        return calls.values().stream().filter(call -> call.invite().isPresent()).toList();
    }

    /** Waits until this many calls have an event of this type, or until the time is up. */
    void await(Class<? extends CallRecord> type, int count, Duration atMost) throws InterruptedException {
        long end = System.nanoTime() + atMost.toNanos();
        while (calls().stream().filter(call -> call.has(type)).count() < count && System.nanoTime() < end) {
            Thread.sleep(50);
        }
    }

    /** Returns the time from INVITE to the first event of this type, for every call that has one. */
    List<Double> millisTo(Class<? extends CallRecord> type) {
        return calls().stream()
                .map(call -> call.millisTo(type))
                .filter(OptionalDouble::isPresent)
                .map(OptionalDouble::getAsDouble)
                .toList();
    }

    @Override
    public void close() {
        tail.close();
    }
}
