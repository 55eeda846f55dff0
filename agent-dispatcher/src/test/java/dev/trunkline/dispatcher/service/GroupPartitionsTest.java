package dev.trunkline.dispatcher.service;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trunkline.bus.KeptPartitions;
import dev.trunkline.bus.TopicTail.Place;
import dev.trunkline.events.Topics;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Set;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;

class GroupPartitionsTest {
    private static final Instant NOW = Instant.ofEpochSecond(1_000);

    private final KeptPartitions kept = new KeptPartitions(List.of(Topics.EVENTS), () -> 6, System::nanoTime);
    private final GroupPartitions partitions = new GroupPartitions(kept, InstantSource.fixed(NOW), Duration.ofSeconds(30));

    @Test
    void allAreReadUntilTheGroupHasAssignedSome() {
        partitions.begin(3);
        assertThat(kept.owned()).containsExactlyInAnyOrder(0, 1, 2);
        partitions.assigned(Set.of(1));
        assertThat(kept.owned()).containsExactly(1);
        partitions.assigned(Set.of(2));
        assertThat(kept.owned()).as("a later assignment adds").containsExactlyInAnyOrder(1, 2);
        partitions.gaveUp(1);
        assertThat(kept.owned()).containsExactly(2);
    }

    @Test
    void aMemberWithoutPartitionsReadsNoneOfItsOwn() {
        partitions.begin(3);
        partitions.assigned(Set.of());
        assertThat(kept.owned()).isEmpty();
    }

    @Test
    void aPartitionIsReadFromSomeTimeAgo() {
        partitions.assigned(Set.of(4));
        assertThat(kept.wanted()).containsEntry(new TopicPartition(Topics.EVENTS, 4), new Place.Time(NOW.minusSeconds(30)));
    }

    @Test
    void aPartitionWhoseAssignmentWasNotToldIsReadFromItsFirstRecordOn() {
        partitions.reads(5, 17);
        assertThat(kept.owned()).containsExactly(5);
    }
}
