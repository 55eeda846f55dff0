package dev.trunkline.limiter.calls;

import dev.trunkline.bus.KafkaAddress;
import dev.trunkline.bus.KafkaAdmin;
import dev.trunkline.events.Topics;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.DescribeTopicsOptions;
import org.apache.kafka.clients.admin.ListConsumerGroupOffsetsOptions;
import org.apache.kafka.clients.admin.ListOffsetsOptions;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;

/**
 * Asks Kafka whether all limiters together have handled what was written. Heartbeats that wait in a partition which nobody reads,
 * because its broker or the limiter that has it is frozen, are not silence. For one thread.
 */
public final class KafkaProbe implements AutoCloseable {
    private static final int PATIENCE_MILLIS = 2_000;

    private final KafkaAdmin admin;
    private final String group;
    /** The end offsets of the partitions at the previous question; none after a question without an answer. */
    private Map<TopicPartition, Long> before = Map.of();

    public KafkaProbe(KafkaAddress kafka, String clientId, String group) {
        this.admin = kafka.admin(clientId);
        this.group = group;
    }

    /** Whether everything that was written at the time of the previous call has been handled. */
    public boolean allIsHandled() throws InterruptedException {
        Map<TopicPartition, Long> wanted = before;
        before = Map.of();
        try {
            Map<TopicPartition, Long> ends = ends();
            Map<TopicPartition, OffsetAndMetadata> handled = get(admin.client().listConsumerGroupOffsets(
                            group, new ListConsumerGroupOffsetsOptions().timeoutMs(PATIENCE_MILLIS))
                    .partitionsToOffsetAndMetadata());
            before = ends;
            return !wanted.isEmpty() && wanted.entrySet().stream().allMatch(end -> {
                OffsetAndMetadata offset = handled.get(end.getKey());
                return end.getValue() == 0 || offset != null && offset.offset() >= end.getValue();
            });
        } catch (ExecutionException | TimeoutException e) {
            return false;
        }
    }

    private Map<TopicPartition, Long> ends() throws InterruptedException, ExecutionException, TimeoutException {
        var topic = get(admin.client().describeTopics(
                        List.of(Topics.EVENTS), new DescribeTopicsOptions().timeoutMs(PATIENCE_MILLIS))
                .allTopicNames()).get(Topics.EVENTS);
        Map<TopicPartition, OffsetSpec> asked = topic.partitions().stream()
                .map(info -> new TopicPartition(Topics.EVENTS, info.partition()))
                .collect(Collectors.toMap(Function.identity(), partition -> OffsetSpec.latest()));
        return get(admin.client().listOffsets(asked, new ListOffsetsOptions().timeoutMs(PATIENCE_MILLIS)).all()).entrySet().stream()
                .collect(Collectors.toMap(Map.Entry::getKey, end -> end.getValue().offset()));
    }

    private static <T> T get(KafkaFuture<T> answer) throws InterruptedException, ExecutionException, TimeoutException {
        return answer.get(2L * PATIENCE_MILLIS, TimeUnit.MILLISECONDS);
    }

    @Override
    public void close() {
        admin.close(Duration.ofSeconds(1));
    }
}
