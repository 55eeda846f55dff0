package dev.trunkline.bus;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TimeoutException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Tested with Kafka's own consumer without a network. */
class ReadProgressTest {
    private static final TopicPartition PARTITION = new TopicPartition("events", 0);
    private static final TopicPartition OTHER = new TopicPartition("events", 1);
    private long now = -5_000_000_000L;
    private final ReadProgress progress = new ReadProgress(() -> now);
    private final MockConsumer<String, byte[]> consumer = new MockConsumer<>("earliest");

    @BeforeEach
    void assign() {
        consumer.assign(List.of(PARTITION, OTHER));
        consumer.updateBeginningOffsets(Map.of(PARTITION, 0L, OTHER, 0L));
        ends(0, 0);
        consumer.seek(PARTITION, 0);
        consumer.seek(OTHER, 0);
    }

    private void ends(long first, long second) {
        consumer.updateEndOffsets(Map.of(PARTITION, first, OTHER, second));
    }

    private void look() {
        progress.look(consumer, consumer::assignment);
    }

    private void pass(Duration time) {
        now += time.toNanos();
    }

    private void silent() {
        consumer.setOffsetsException(new TimeoutException("no answer"));
    }

    @Test
    void whoIsAtTheEndHearsAsOfTheQuestion() {
        pass(Duration.ofSeconds(3));
        assertThat(progress.deafFor()).isEqualTo(Duration.ofSeconds(3));
        look();
        assertThat(progress.heardUntil()).isEqualTo(now);
        assertThat(progress.deafFor()).isZero();
    }

    @Test
    void whoIsBehindIsDeafUntilAllPartitionsAreRead() {
        look();
        ends(1, 1);
        pass(Duration.ofSeconds(30));
        look();
        long asked = now;
        assertThat(progress.reading()).isFalse();
        consumer.addRecord(new ConsumerRecord<>("events", 0, 0, "call", new byte[0]));
        consumer.poll(Duration.ZERO);
        pass(Duration.ofMillis(500));
        look();
        assertThat(progress.deafFor()).as("one partition is not all").isGreaterThan(Duration.ofSeconds(30));
        consumer.addRecord(new ConsumerRecord<>("events", 1, 0, "call", new byte[0]));
        consumer.poll(Duration.ZERO);
        look();
        assertThat(progress.heardUntil()).isEqualTo(asked);
        assertThat(progress.deafFor()).isZero();
    }

    @Test
    void aQuestionWithoutAnAnswerLeavesEverythingAsItWas() {
        look();
        long heard = progress.heardUntil();
        CompletionStage<Void> asker = progress.readToEnd();
        for (int second = 0; second < 10; second++) {
            silent();
            pass(Duration.ofSeconds(1));
            look();
        }
        assertThat(progress.heardUntil()).isEqualTo(heard);
        assertThat(progress.deafFor()).isEqualTo(Duration.ofSeconds(10));
        assertThat(asker.toCompletableFuture()).isNotDone();
        pass(Duration.ofSeconds(1));
        look();
        assertThat(progress.deafFor()).isZero();
        assertThat(asker.toCompletableFuture()).isDone();
    }

    @Test
    void endsThatALostLogTookAwayAreNotWaitedForEver() {
        ends(1_000, 0);
        look();
        pass(Duration.ofMinutes(1));
        ends(0, 0);
        look();
        assertThat(progress.deafFor()).isZero();
    }

    @Test
    void aPartitionThatWentToSomebodyElseIsNotWaitedFor() {
        ends(0, 7);
        look();
        consumer.assign(List.of(PARTITION));
        look();
        assertThat(progress.deafFor()).isZero();
    }

    @Test
    void whoNeverReadsIsNotSwampedByGoals() {
        ends(7, 7);
        for (int second = 0; second < 100; second++) {
            pass(Duration.ofSeconds(1));
            look();
        }
        assertThat(progress.deafFor()).isGreaterThan(Duration.ofSeconds(99));
        ends(0, 0);
        pass(Duration.ofSeconds(1));
        look();
        assertThat(progress.deafFor()).isZero();
    }

    @Test
    void whoWasOutOnPurposeBeginsAgain() {
        pass(Duration.ofMinutes(1));
        assertThat(progress.reading()).isFalse();
        progress.beginAgain();
        assertThat(progress.reading()).isTrue();
    }

    @Test
    void aPartitionThatIsAddedIsPartOfWhatIsHeardFromThenOn() {
        consumer.assign(List.of(PARTITION));
        ends(3, 9);
        CompletionStage<Void> asker = progress.readToEnd();
        look();
        long before = progress.heardUntil();
        assertThat(asker.toCompletableFuture()).isNotDone();
        consumer.assign(List.of(PARTITION, OTHER));
        consumer.seek(OTHER, 8);
        progress.askAgain();
        consumer.seek(PARTITION, 3);
        pass(Duration.ofMillis(500));
        look();
        assertThat(progress.heardUntil()).as("the question of before knows nothing of the other").isEqualTo(before);
        assertThat(asker.toCompletableFuture()).isNotDone();
        consumer.seek(OTHER, 9);
        look();
        assertThat(asker.toCompletableFuture()).isDone();
        assertThat(progress.heardUntil()).isEqualTo(now);
    }

    @Test
    void whoAsksIsAnsweredOfAllThatIsToBeReadBySoFar() {
        consumer.assign(List.of(PARTITION));
        ends(0, 9);
        pass(Duration.ofSeconds(1));
        CompletionStage<Void> asker = progress.readToEnd();
        progress.look(consumer, () -> {
            // As a tail does, which determines what to read when it is asked.
            if (consumer.assignment().size() == 1) {
                consumer.assign(List.of(PARTITION, OTHER));
                consumer.seek(OTHER, 8);
                progress.askAgain();
            }
            return consumer.assignment();
        });
        assertThat(asker.toCompletableFuture()).isNotDone();
        consumer.seek(OTHER, 9);
        look();
        assertThat(asker.toCompletableFuture()).isDone();
    }

    @Test
    void whoKeepsUpReadsNothingThatIsOlderThanTheLastTimeThatAllWasRead() {
        assertThat(progress.longestOnTheWay()).as("nothing was read to its end yet").isEqualTo(ReadProgress.ANY_AGE);
        look();
        pass(Duration.ofMillis(700));
        assertThat(progress.longestOnTheWay()).isEqualTo(Duration.ofMillis(700));
        progress.beginAgain();
        assertThat(progress.longestOnTheWay()).as("what came meanwhile is not read").isEqualTo(ReadProgress.ANY_AGE);
    }

    @Test
    void whatIsReadOfAPartitionThatWasTakenOverMayBeOfAnyAge() {
        look();
        progress.askAgain();
        assertThat(progress.longestOnTheWay()).isEqualTo(ReadProgress.ANY_AGE);
        pass(Duration.ofSeconds(1));
        look();
        assertThat(progress.longestOnTheWay()).isZero();
    }
}
