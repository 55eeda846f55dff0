package dev.trunkline.bus;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.Future;
import org.apache.kafka.clients.producer.Callback;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.Test;

/** If sending one event throws, only that event is affected. */
class PublisherFaultsTest {
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private final ContainedFaults faults = new ContainedFaults(registry);

    /** Throws an Error for the value {@code poison}, and at first knows no broker for {@code late}. */
    private static final class Poisoned extends MockProducer<String, byte[]> {
        private int refusals = 3;

        Poisoned() {
            super(true, null, new StringSerializer(), new ByteArraySerializer());
        }

        @Override
        public synchronized Future<RecordMetadata> send(ProducerRecord<String, byte[]> message, Callback callback) {
            if (message.key().startsWith("late") && refusals-- > 0) {
                callback.onCompletion(null, new TimeoutException("no metadata"));
                return CompletableFuture.failedFuture(new TimeoutException("no metadata"));
            }
            if (message.key().endsWith("poison")) {
                throw new StackOverflowError("while serialising");
            }
            return super.send(message, callback);
        }
    }

    private static ProducerRecord<String, byte[]> record(String key) {
        return new ProducerRecord<>("topic", key, new byte[0]);
    }

    @Test
    void anErrorAtOneEventFailsItsStageAndNothingElse() {
        try (var publisher = new CallEventPublisher(new Poisoned(), faults, Thread::startVirtualThread)) {
            assertThat(publisher.send(record("poison"))).failsWithin(PATIENCE);
            assertThat(publisher.send(record("good"))).succeedsWithin(PATIENCE);
        }
        assertThat(contained()).isEqualTo(1);
    }

    @Test
    void theWaitingRoomOutlivesAnErrorAndKeepsTheOrder() {
        try (var publisher = new CallEventPublisher(new Poisoned(), faults, Thread::startVirtualThread)) {
            CompletableFuture<Void> poison = publisher.send(record("late-poison")).toCompletableFuture();
            CompletableFuture<Void> good = publisher.send(record("good")).toCompletableFuture();
            assertThat(poison).failsWithin(PATIENCE);
            assertThat(good).succeedsWithin(PATIENCE);
            assertThat(publisher.send(record("next"))).succeedsWithin(PATIENCE);
        }
        assertThat(contained()).isEqualTo(1);
    }

    @Test
    void aCompleterThatHasNoThreadLeftDoesNotReachTheProducersOwn() {
        Executor exhausted = task -> {
            throw new OutOfMemoryError("unable to create native thread");
        };
        var producer = new Poisoned();
        try (var publisher = new CallEventPublisher(producer, faults, exhausted)) {
            assertThat(publisher.send(record("one"))).succeedsWithin(PATIENCE);
            assertThat(publisher.send(record("two"))).succeedsWithin(PATIENCE);
        }
        assertThat(producer.history()).hasSize(2);
        assertThat(contained()).isEqualTo(2);
    }

    private double contained() {
        return registry.get("trunkline.contained.faults").tag("where", "event-publisher").counter().count();
    }
}
