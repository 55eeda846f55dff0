package dev.trunkline.relay.calls;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trunkline.bus.KeptPartitions;
import dev.trunkline.bus.TopicTail.Place;
import java.time.Instant;
import java.util.List;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;

/** Which commands are read, depending on the partitions from which the intake takes calls. */
class IntakePartitionsTest {
    private static final Instant NOW = Instant.parse("2026-01-01T12:00:00Z");

    private final KeptPartitions kept = new KeptPartitions(List.of("events"), () -> 6, () -> 0);
    private final KeptPartitions commanded = new KeptPartitions(List.of("commands"), () -> 6, () -> 0);
    private final IntakePartitions intake = new IntakePartitions(kept, commanded, () -> NOW);

    private static TopicPartition commands(int number) {
        return new TopicPartition("commands", number);
    }

    @Test
    void commandsThatCameBeforeTheirPartitionWasReadAreReadToo() {
        intake.reads(3, 17);
        assertThat(kept.wanted()).containsEntry(new TopicPartition("events", 3), new Place.Offset(17)).hasSize(1);
        assertThat(commanded.wanted())
                .containsEntry(commands(3), new Place.Time(NOW.minus(IntakePartitions.BEFORE))).hasSize(1);
    }

    @Test
    void whatIsGivenUpIsOwnNoMore() {
        intake.reads(3, 17);
        intake.reads(4, 2);
        intake.gaveUp(3);
        assertThat(kept.owned()).containsExactly(4);
        assertThat(commanded.owned()).containsExactly(4);
    }
}
