package dev.trunkline.bus;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trunkline.events.CallEnded;
import dev.trunkline.events.CallEvent;
import dev.trunkline.events.CallHeld;
import dev.trunkline.events.CallId;
import dev.trunkline.events.Caller;
import dev.trunkline.events.EndReason;
import dev.trunkline.events.Envelope;
import dev.trunkline.events.InviteReceived;
import dev.trunkline.events.TrunkRef;
import dev.trunkline.events.codec.Envelopes;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Future;
import org.apache.kafka.clients.producer.Callback;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What becomes of events that were published while Kafka was unavailable. */
class PublisherWaitsTest {
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final CallId CALL = CallId.of("019a8c3e-5b7d-7c41-9d2e-3f1a2b4c5d6e");
    private static final Instant NOW = Instant.parse("2026-03-02T09:15:30Z");

    /** Knows no broker until it is told that Kafka is back. */
    private static final class Away extends MockProducer<String, byte[]> {
        private volatile boolean back;

        Away() {
            super(true, null, new StringSerializer(), new ByteArraySerializer());
        }

        @Override
        public synchronized Future<RecordMetadata> send(ProducerRecord<String, byte[]> message, Callback callback) {
            if (!back) {
                callback.onCompletion(null, new TimeoutException("no metadata"));
                return java.util.concurrent.CompletableFuture.failedFuture(new TimeoutException("no metadata"));
            }
            return super.send(message, callback);
        }
    }

    private volatile Instant now = NOW;
    private volatile boolean cannotBeAsked;
    private final Away producer = new Away();
    private final Envelopes envelopes = new Envelopes("/test/test-1", Clock.systemUTC(), UUID::randomUUID);
    private final CallEventPublisher publisher = new CallEventPublisher(
            producer, ContainedFaults.logged(), new WaitingRoom("test", 2, 10_000), Runnable::run, (InstantSource) () -> now,
            this::why);

    @AfterEach
    void close() {
        producer.back = true;
        publisher.close();
    }

    private String why(String topic) {
        if (cannotBeAsked) {
            throw new StackOverflowError("in a test");
        }
        return topic + " is away";
    }

    private CompletionStage<Void> publish(CallEvent event) {
        return publisher.publish(envelopes.first(event, Envelope.Owners.NONE));
    }

    private static InviteReceived invite(Instant deadline) {
        return new InviteReceived(
                CALL, "edge-1", new TrunkRef("t1", "first"), "1@pbx.example", "+3225550100", "025550100",
                new Caller("0".repeat(64), false), "v1.x", "", "127.0.0.1:5060", NOW, deadline);
    }

    private static CallEnded ended() {
        return new CallEnded(CALL, "test", EndReason.CALLER_HUNG_UP, "", true, 1, Optional.empty());
    }

    @Test
    void anInviteWhoseDeadlinePassedIsDroppedAndWhatComesAfterItIsNot() {
        CompletionStage<Void> invite = publish(invite(NOW.plusSeconds(2)));
        CompletionStage<Void> last = publish(ended());
        now = NOW.plusSeconds(3);
        assertThat(invite).failsWithin(PATIENCE).withThrowableThat().withMessageContaining("its deadline passed");
        producer.back = true;
        assertThat(last).succeedsWithin(PATIENCE);
        assertThat(producer.history()).hasSize(1);
    }

    @Test
    void anInviteInTimeIsSentWhenKafkaIsBack() {
        CompletionStage<Void> invite = publish(invite(NOW.plusSeconds(2)));
        now = NOW.plusSeconds(1);
        producer.back = true;
        assertThat(invite).succeedsWithin(PATIENCE);
        assertThat(producer.history()).hasSize(1);
    }

    @Test
    void aLastEventIsTakenWhereAnotherFindsNoPlace() {
        CompletionStage<Void> first = publish(new CallHeld(CALL));
        CompletionStage<Void> second = publish(new CallHeld(CALL));
        assertThat(publish(new CallHeld(CALL))).failsWithin(PATIENCE).withThrowableThat()
                .withMessageContaining("2 events of");
        CompletionStage<Void> last = publish(ended());
        producer.back = true;
        assertThat(last).succeedsWithin(PATIENCE);
        assertThat(first).isCompleted();
        assertThat(second).isCompleted();
        assertThat(producer.history()).hasSize(3);
    }

    @Test
    @Timeout(20)
    void aProducerThatHearsNothingFromKafkaIsGivenNoInviteThatNobodyCouldTakeBack() throws InterruptedException {
        var silent = new MockProducer<>(false, null, new StringSerializer(), new ByteArraySerializer());
        var waiting = new CallEventPublisher(
                silent, ContainedFaults.logged(), new WaitingRoom("test"), Runnable::run, (InstantSource) () -> now, this::why);
        try (waiting) {
            CompletionStage<Void> first = waiting.publish(envelopes.first(new CallHeld(CALL), Envelope.Owners.NONE));
            assertThat(silent.history()).hasSize(1);
            Thread.sleep(Unacknowledged.SILENCE.plusMillis(100));
            CompletionStage<Void> invite =
                    waiting.publish(envelopes.first(invite(NOW.plusSeconds(2)), Envelope.Owners.NONE));
            CompletionStage<Void> last = waiting.publish(envelopes.first(ended(), Envelope.Owners.NONE));
            now = NOW.plusSeconds(3);
            assertThat(invite).failsWithin(PATIENCE).withThrowableThat().withMessageContaining("its deadline passed");
            assertThat(silent.history()).hasSize(1);
            silent.completeNext();
            assertThat(first).succeedsWithin(PATIENCE);
            while (!silent.completeNext()) {
                Thread.sleep(10);
            }
            assertThat(last).succeedsWithin(PATIENCE);
            assertThat(silent.history()).hasSize(2);
        }
    }

    @Test
    @Timeout(20)
    void whyNothingIsWrittenIsSaidUntilItIs() throws InterruptedException {
        CompletionStage<Void> held = publish(new CallHeld(CALL));
        while (publisher.stuck().isEmpty()) {
            Thread.sleep(10);
        }
        assertThat(publisher.stuck()).hasValue("call-events is away");
        producer.back = true;
        assertThat(held).succeedsWithin(PATIENCE);
        while (publisher.stuck().isPresent()) {
            Thread.sleep(10);
        }
    }

    @Test
    @Timeout(20)
    void anErrorWhileKafkaIsAskedLosesNoEvent() throws InterruptedException {
        cannotBeAsked = true;
        CompletionStage<Void> held = publish(new CallHeld(CALL));
        while (publisher.stuck().isEmpty()) {
            Thread.sleep(10);
        }
        producer.back = true;
        assertThat(held).succeedsWithin(PATIENCE);
    }

    @Test
    @Timeout(20)
    void whyNothingIsWrittenIsForgottenAlsoWhereWhatWaitedWasDropped() throws InterruptedException {
        CompletionStage<Void> invite = publish(invite(NOW.plusSeconds(2)));
        while (publisher.stuck().isEmpty()) {
            Thread.sleep(10);
        }
        now = NOW.plusSeconds(3);
        assertThat(invite).failsWithin(PATIENCE);
        producer.back = true;
        CompletionStage<Void> next = publish(new CallHeld(CALL));
        assertThat(next).succeedsWithin(PATIENCE);
        while (publisher.stuck().isPresent()) {
            Thread.sleep(10);
        }
    }
}
