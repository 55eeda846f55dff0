package dev.trunkline.bus;

import static dev.trunkline.bus.KafkaTests.eventually;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import dev.trunkline.events.CallId;
import dev.trunkline.events.DtmfReceived;
import dev.trunkline.events.Envelope;
import dev.trunkline.events.Topics;
import dev.trunkline.events.codec.Envelopes;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A reader reports whether it reads, whatever {@code poll} returns. */
class DeafnessTest {
    private static final CompletableFuture<Void> DONE = CompletableFuture.completedFuture(null);
    private final Envelopes envelopes = new Envelopes("/test/test-1", Clock.systemUTC(), UUID::randomUUID);

    @Test
    void readersOfABrokerThatFreezesAreDeafUntilItAnswersAgain(@TempDir Path folder) throws Exception {
        try (BrokerProcess broker = BrokerProcess.start(folder.resolve("kafka"))) {
            KafkaAddress kafka = broker.address();
            TopicSetup.ensure(kafka, 4, (short) 1);
            List<Integer> byTail = new CopyOnWriteArrayList<>();
            try (TopicTail tail = new TopicTail(
                            kafka, "tail", List.of(Topics.EVENTS), new TopicTail.From.Now(), message -> byTail.add(1));
                    CallEventPublisher publisher = new CallEventPublisher(kafka, "publisher");
                    CallEventGroup group = member(kafka, "member-1", publisher);
                    CallEventGroup spare = member(kafka, "member-2", publisher);
                    CallEventChannel channel = channel(kafka, publisher)) {
                tail.start().caughtUp().toCompletableFuture().get(20, SECONDS);
                assertThat(group.start().awaitAssigned(Duration.ofSeconds(20))).isTrue();
                assertThat(spare.start().awaitAssigned(Duration.ofSeconds(20))).isTrue();
                assertThat(channel.start().awaitAssigned(Duration.ofSeconds(20))).isTrue();
                publisher.publish(key(1)).toCompletableFuture().get(20, SECONDS);
                eventually("an idle topic is read as well as a busy one", () ->
                        tail.deafFor().isZero() && group.deafFor().isZero() && spare.deafFor().isZero()
                                && channel.deafFor().isZero());
                long heardBefore = tail.heardUntil();

                broker.freeze();
                long frozen = System.nanoTime();
                eventually("all say so", () ->
                        !tail.reading() && !group.reading() && !spare.reading() && !channel.reading());
                assertThat(tail.deafFor()).isGreaterThan(ReadProgress.READING);
                // A request that was under way may be answered, but none that was sent later.
                assertThat(tail.heardUntil() - frozen).isNegative();
                assertThat(tail.heardUntil() - heardBefore).isNotNegative();
                assertThat(channel.heardUntil() - frozen).isNegative();
                assertThat(tail.healthy() && channel.healthy())
                        .as("a broker that is away is no reason to restart a reader")
                        .isTrue();
                CompletableFuture<Void> written = publisher.publish(key(2)).toCompletableFuture();

                broker.thaw();
                written.get(60, SECONDS);
                eventually("all hear again", () ->
                        tail.deafFor().isZero() && group.deafFor().isZero() && spare.deafFor().isZero()
                                && channel.deafFor().isZero());
                assertThat(byTail).as("what was written before it is called not deaf has been handled").hasSize(2);
            }
        }
    }

    @Test
    void readersOfABrokerThatStopsAreDeafUntilItIsBack(@TempDir Path folder) throws Exception {
        try (TestBroker broker = TestBroker.start(folder.resolve("kafka"))) {
            TopicSetup.ensure(broker.address(), 4, (short) 1);
            try (TopicTail tail = new TopicTail(
                            broker.address(), "tail", List.of(Topics.EVENTS), new TopicTail.From.Now(), message -> {});
                    CallEventPublisher publisher = new CallEventPublisher(broker.address(), "publisher");
                    CallEventGroup group = member(broker.address(), "member-1", publisher)) {
                tail.start();
                group.start();
                eventually("both read", () -> tail.deafFor().isZero() && tail.healthy() && group.healthy());
                broker.stop();
                eventually("both are deaf", () -> !tail.reading() && !group.reading());
                group.leave();
                assertThat(group.reading()).as("who is out by choice misses nothing").isTrue();
                assertThat(group.deafFor()).isZero();
                broker.startAgain();
                group.join();
                eventually("both read again", () -> tail.deafFor().isZero() && tail.reading() && group.reading());
                assertThat(tail.readToEnd().toCompletableFuture()).succeedsWithin(Duration.ofSeconds(20));
            }
        }
    }

    @Test
    void aTailWhoseHandlerHangsIsDeaf(@TempDir Path folder) throws Exception {
        var hung = new CountDownLatch(1);
        try (TestBroker broker = TestBroker.start(folder.resolve("kafka"))) {
            TopicSetup.ensure(broker.address(), 4, (short) 1);
            try (TopicTail tail = new TopicTail(
                            broker.address(), "tail", List.of(Topics.EVENTS), new TopicTail.From.Now(),
                            message -> uninterrupted(hung));
                    CallEventPublisher publisher = new CallEventPublisher(broker.address(), "publisher")) {
                tail.start().caughtUp().toCompletableFuture().get(20, SECONDS);
                publisher.publish(key(1)).toCompletableFuture().get(20, SECONDS);
                eventually("the tail says so", () -> !tail.reading());
                hung.countDown();
                eventually("and that it is over", () -> tail.deafFor().isZero());
            } finally {
                hung.countDown();
            }
        }
    }

    private static void uninterrupted(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static CallEventGroup member(KafkaAddress kafka, String instance, CallEventPublisher publisher) {
        return new CallEventGroup(kafka, "group", instance, Set.of(DtmfReceived.class), envelope -> DONE, publisher);
    }

    private static CallEventChannel channel(KafkaAddress kafka, CallEventPublisher publisher) {
        return new CallEventChannel(
                kafka, "channels", "member-1", Set.of(DtmfReceived.class), envelope -> DONE, publisher,
                ContainedFaults.logged(), ChannelByHand.with(ChannelByHand.SETTINGS));
    }

    private Envelope key(int number) {
        return envelopes.first(new DtmfReceived(new CallId(UUID.randomUUID()), true, number), Envelope.Owners.NONE);
    }

}
