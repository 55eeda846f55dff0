package dev.trunkline.bus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.trunkline.bus.TopicTail.From;
import dev.trunkline.bus.TopicTail.Place;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.clients.consumer.OffsetAndTimestamp;
import org.apache.kafka.common.Node;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TimeoutException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Tested with Kafka's own consumer without a network. */
class TailPartitionsTest {
    private static final int PARTITIONS = 3;
    private static final List<String> TOPICS = List.of("events", "commands");
    private long now = Long.MAX_VALUE - 50_000_000L;
    private final Map<TopicPartition, Long> atTheTime = new HashMap<>();
    private final MockConsumer<String, byte[]> consumer = new MockConsumer<>("earliest") {
        /** Returns the offset of each partition at any time. */
        @Override
        public synchronized Map<TopicPartition, OffsetAndTimestamp> offsetsForTimes(Map<TopicPartition, Long> times, Duration timeout) {
            Map<TopicPartition, OffsetAndTimestamp> found = new HashMap<>();
            times.forEach((partition, time) -> {
                Long offset = atTheTime.get(partition);
                found.put(partition, offset == null ? null : new OffsetAndTimestamp(offset, time));
            });
            return found;
        }
    };
    private final Map<TopicPartition, Place> wanted = new HashMap<>();
    private final TailPartitions partitions =
            new TailPartitions(consumer, TOPICS, new From.Now(), Optional.of(() -> wanted), () -> now);

    @BeforeEach
    void topics() {
        TOPICS.forEach(topic -> topic(topic, PARTITIONS));
        ends(100);
    }

    private void topic(String topic, int count) {
        consumer.updatePartitions(topic, IntStream.range(0, count)
                .mapToObj(number -> new PartitionInfo(topic, number, Node.noNode(), new Node[0], new Node[0])).toList());
    }

    private void ends(long end) {
        TOPICS.forEach(topic -> IntStream.range(0, PARTITIONS).forEach(number ->
                consumer.updateEndOffsets(Map.of(new TopicPartition(topic, number), end))));
    }

    private static TopicPartition events(int number) {
        return new TopicPartition("events", number);
    }

    private void want(int number, Place place) {
        TOPICS.forEach(topic -> wanted.put(new TopicPartition(topic, number), place));
    }

    private boolean follow() {
        now += Duration.ofMillis(100).toNanos();
        return partitions.follow(false);
    }

    @Test
    void itBeginsWithAllOfThem() {
        assertThat(partitions.begun()).isFalse();
        assertThat(partitions.begin()).hasSize(6).containsEntry(events(2), 100L);
        assertThat(partitions.begun()).isTrue();
        assertThat(partitions.count()).isEqualTo(3);
        assertThat(partitions.reads()).containsExactlyInAnyOrder(0, 1, 2);
        assertThat(consumer.position(events(1))).isEqualTo(100);
    }

    @Test
    void topicsOfWhichOneHasFewerAreNotReadAtAll() {
        topic("commands", 2);
        assertThatThrownBy(partitions::begin)
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("{commands=2, events=3}")
                .hasMessageContaining("--partitions");
        assertThat(partitions.begun()).isFalse();
        assertThat(partitions.any()).isFalse();
    }

    @Test
    void itNarrowsToWhatIsWantedAndStaysWhereItIs() {
        partitions.begin();
        consumer.seek(events(1), 42);
        want(1, new Place.Now());
        assertThat(follow()).as("nothing more than before").isFalse();
        assertThat(partitions.reads()).containsExactly(1);
        assertThat(consumer.assignment()).hasSize(2);
        assertThat(consumer.position(events(1))).isEqualTo(42);
    }

    @Test
    void itReadsNothingWhereNothingIsWantedAndAsksAboutAll() {
        partitions.begin();
        follow();
        assertThat(partitions.any()).isFalse();
        assertThat(partitions.reads()).isEmpty();
        assertThat(partitions.toAsk()).hasSize(6);
        assertThat(partitions.begun()).isTrue();
    }

    @Test
    void whatIsAddedIsReadFromItsEndOrFromItsPlaceAndTheOthersStay() {
        partitions.begin();
        want(0, new Place.Now());
        follow();
        consumer.seek(events(0), 60);
        ends(200);
        want(1, new Place.Now());
        want(2, new Place.Offset(7));
        assertThat(follow()).isTrue();
        assertThat(partitions.reads()).containsExactlyInAnyOrder(0, 1, 2);
        assertThat(consumer.position(events(0))).isEqualTo(60);
        assertThat(consumer.position(events(1))).isEqualTo(200);
        assertThat(consumer.position(events(2))).isEqualTo(7);
        assertThat(follow()).isFalse();
    }

    @Test
    void ofWhatIsAddedFromATimeOnWhatWasWrittenSinceIsRead() {
        partitions.begin();
        follow();
        ends(200);
        atTheTime.put(events(1), 150L);
        Instant since = Instant.ofEpochSecond(1_000);
        want(1, new Place.Time(since));
        want(2, new Place.Time(since));
        assertThat(follow()).isTrue();
        assertThat(consumer.position(events(1))).isEqualTo(150);
        assertThat(consumer.position(events(2))).as("nothing was written since").isEqualTo(200);
        consumer.seek(events(1), 180);
        want(1, new Place.Time(since.plusSeconds(1)));
        assertThat(follow()).as("it is being read").isFalse();
        assertThat(consumer.position(events(1))).isEqualTo(180);
    }

    @Test
    void aNewPlaceThatWasReadAlreadyIsGoneBackToOnce() {
        partitions.begin();
        want(2, new Place.Offset(7));
        follow();
        assertThat(consumer.position(events(2))).isEqualTo(7);
        consumer.seek(events(2), 90);
        assertThat(follow()).isFalse();
        assertThat(consumer.position(events(2))).isEqualTo(90);
        want(2, new Place.Offset(50));
        assertThat(follow()).isTrue();
        assertThat(consumer.position(events(2))).isEqualTo(50);
        consumer.seek(events(2), 60);
        want(2, new Place.Offset(70));
        assertThat(follow()).as("it comes there anyway").isFalse();
        assertThat(consumer.position(events(2))).isEqualTo(60);
        consumer.seek(events(2), 95);
        assertThat(follow()).as("and has been there").isFalse();
        assertThat(consumer.position(events(2))).isEqualTo(95);
    }

    @Test
    void aLeaderThatDoesNotAnswerKeepsNoneOfTheOthers() {
        partitions.begin();
        want(0, new Place.Now());
        follow();
        want(1, new Place.Now());
        want(2, new Place.Offset(7));
        consumer.setOffsetsException(new TimeoutException("no answer"));
        assertThat(follow()).isTrue();
        assertThat(partitions.reads()).containsExactlyInAnyOrder(0, 2);
        assertThat(follow()).as("not asked again at once").isFalse();
        now += Duration.ofSeconds(1).toNanos();
        assertThat(follow()).isTrue();
        assertThat(partitions.reads()).containsExactlyInAnyOrder(0, 1, 2);
    }

    @Test
    void aPartitionThatTheTopicsDoNotHaveIsPassedOver() {
        partitions.begin();
        want(0, new Place.Now());
        want(9, new Place.Now());
        follow();
        assertThat(partitions.reads()).containsExactly(0);
    }

    @Test
    void itLooksTenTimesASecondAtMost() {
        partitions.begin();
        follow();
        want(0, new Place.Now());
        now += Duration.ofMillis(99).toNanos();
        assertThat(partitions.follow(false)).isFalse();
        now += Duration.ofMillis(1).toNanos();
        assertThat(partitions.follow(false)).isTrue();
        want(1, new Place.Now());
        assertThat(partitions.follow(false)).isFalse();
        assertThat(partitions.follow(true)).as("whoever has to know has it look at once").isTrue();
    }
}
