package dev.trunkline.bus;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import dev.trunkline.events.CallId;
import dev.trunkline.events.DtmfReceived;
import dev.trunkline.events.Envelope;
import dev.trunkline.events.Topics;
import dev.trunkline.events.codec.CallEventCodec;
import dev.trunkline.events.codec.Envelopes;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.Test;

class HandlerQueueTest {
    private static final CompletableFuture<Void> DONE = CompletableFuture.completedFuture(null);
    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private final ContainedFaults faults = new ContainedFaults(registry);
    private final MockProducer<String, byte[]> letters =
            new MockProducer<>(true, null, new StringSerializer(), new ByteArraySerializer());
    private final Envelopes envelopes = new Envelopes("/test/test-1", Clock.systemUTC(), UUID::randomUUID);

    /** An error whose message throws as well. */
    private static final class Unspeakable extends Error {
        @Override
        public String toString() {
            throw new StackOverflowError("words");
        }
    }

    private HandlerQueue queue(EventHandler handler) {
        return new HandlerQueue(handler, new DeadLetters(new CallEventPublisher(letters), "group", faults), faults);
    }

    private ConsumerRecord<String, byte[]> key(CallId call, int number) {
        var sent = CallEventCodec.encode(
                envelopes.first(new DtmfReceived(call, true, number), Envelope.Owners.NONE));
        var message = new ConsumerRecord<>(Topics.EVENTS, 0, number, sent.key(), sent.value());
        sent.headers().forEach(message.headers()::add);
        return message;
    }

    private static CallId call() {
        return new CallId(UUID.randomUUID());
    }

    private double contained(String where) {
        return registry.get("trunkline.contained.faults").tag("where", where).counter().count();
    }

    @Test
    void severalThreadsSubmitEventsOfOneCallAndNoTwoRunAtOnce() throws Exception {
        CallId call = call();
        var running = new AtomicInteger();
        var most = new AtomicInteger();
        HandlerQueue queue = queue(envelope -> {
            most.accumulateAndGet(running.incrementAndGet(), Math::max);
            Thread.yield();
            running.decrementAndGet();
            return DONE;
        });
        var begin = new CountDownLatch(1);
        List<CompletionStage<Void>> handled = new CopyOnWriteArrayList<>();
        List<Thread> threads = IntStream.range(0, 8)
                .mapToObj(thread -> Thread.ofPlatform().start(() -> {
                    try {
                        begin.await();
                    } catch (InterruptedException e) {
                        return;
                    }
                    for (int number = 0; number < 500; number++) {
                        handled.add(queue.submit(key(call, number)));
                    }
                }))
                .toList();
        begin.countDown();
        for (Thread thread : threads) {
            thread.join();
        }
        for (CompletionStage<Void> one : handled) {
            one.toCompletableFuture().get(20, SECONDS);
        }
        assertThat(handled).hasSize(4_000);
        assertThat(most).hasValue(1);
    }

    @Test
    void whateverOneEventThrowsTheNextOfItsCallIsHandled() throws Exception {
        CallId call = call();
        List<Integer> seen = new CopyOnWriteArrayList<>();
        var gate = new CountDownLatch(1);
        HandlerQueue queue = queue(envelope -> {
            gate.await();
            int number = KafkaTests.number(envelope);
            seen.add(number);
            switch (number) {
                case 0 -> throw new StackOverflowError();
                case 1 -> throw new Unspeakable();
                case 2 -> {
                    return CompletableFuture.failedFuture(new Unspeakable());
                }
                default -> {}
            }
            return DONE;
        });
        List<CompletionStage<Void>> handled =
                IntStream.range(0, 4).mapToObj(number -> queue.submit(key(call, number))).toList();
        gate.countDown();
        for (CompletionStage<Void> one : handled) {
            one.toCompletableFuture().get(20, SECONDS);
        }
        assertThat(seen).containsExactly(0, 1, 2, 3);
        assertThat(letters.history()).hasSize(3);
        assertThat(contained("event-handler")).isEqualTo(3);
    }

    @Test
    void aValueTooLongForALetterIsBuriedWithoutIt() throws Exception {
        HandlerQueue queue = queue(envelope -> DONE);
        byte[] huge = new byte[10 * 1024 * 1024];
        var message = new ConsumerRecord<>(
                Topics.EVENTS, 0, 7L, 0L, TimestampType.CREATE_TIME, 36, huge.length, "key",
                huge, new RecordHeaders(), Optional.empty());
        key(call(), 1).headers().forEach(message.headers()::add);
        queue.submit(message).toCompletableFuture().get(20, SECONDS);
        ProducerRecord<String, byte[]> letter = letters.history().getFirst();
        assertThat(letter.value()).isNull();
        assertThat(CallEventCodec.text(letter.headers(), DeadLetters.REASON).orElseThrow()).contains("longer than");
    }

    @Test
    void aLetterThatCannotBeWrittenStopsNothing() throws Exception {
        letters.close();
        HandlerQueue queue = queue(envelope -> {
            throw new StackOverflowError();
        });
        queue.submit(key(call(), 1)).toCompletableFuture().get(20, SECONDS);
    }

    @Test
    void whatComesAfterTheStopStaysOpenForAnotherMember() {
        HandlerQueue queue = queue(envelope -> DONE);
        queue.stop();
        assertThat(queue.submit(key(call(), 1)).toCompletableFuture()).isNotDone();
        assertThat(letters.history()).isEmpty();
    }
}
