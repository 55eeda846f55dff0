package dev.trunkline.bus;

import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.consumer.OffsetAndTimestamp;
import org.apache.kafka.common.TopicPartition;

/**
 * Where a group begins that has never committed: a little in the past, so that a call that arrives while a service
 * starts for the first time is not lost. Handlers ignore calls whose deadline has passed. Kafka's own
 * {@code by_duration} finds no offset if no event is that recent, and reads nothing for half a minute.
 */
final class FirstPlace {
    private static final Duration BACK = Duration.ofSeconds(10);

    private FirstPlace() {}

    /** Does not touch partitions for which the group has a committed offset. */
    static void seek(Consumer<?, ?> consumer, Collection<TopicPartition> partitions) {
        Set<TopicPartition> unknown = new HashSet<>(partitions);
        if (unknown.isEmpty()) {
            return;
        }
        consumer.committed(Set.copyOf(partitions)).forEach((partition, offset) -> {
            if (offset != null) {
                unknown.remove(partition);
            }
        });
        if (unknown.isEmpty()) {
            return;
        }
        long since = System.currentTimeMillis() - BACK.toMillis();
        Map<TopicPartition, Long> places = new HashMap<>(consumer.endOffsets(unknown));
        Map<TopicPartition, OffsetAndTimestamp> young = consumer.offsetsForTimes(
                unknown.stream().collect(Collectors.toMap(Function.identity(), partition -> since)));
        young.forEach((partition, found) -> {
            if (found != null) {
                places.put(partition, found.offset());
            }
        });
        Map<TopicPartition, OffsetAndMetadata> offsets = new HashMap<>();
        places.forEach((partition, place) -> {
            consumer.seek(partition, place);
            offsets.put(partition, new OffsetAndMetadata(place));
        });
        // From now on this is the group's position: if a member dies before its first event, nothing is lost.
        consumer.commitAsync(offsets, null);
    }
}
