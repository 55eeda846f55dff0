package dev.trunkline.bus;

import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerInterceptor;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;

/**
 * Tells a {@link ChannelPolls} which records a consumer polled, before SmallRye puts them into its queue: records that wait there
 * are in hand too. Kafka's client creates this class by name and passes it the object under {@link #LISTENER} in its configuration.
 */
public final class PolledRecords implements ConsumerInterceptor<String, byte[]> {
    static final String LISTENER = "trunkline.polled.records";

    private ChannelPolls listener;

    @Override
    public void configure(Map<String, ?> configuration) {
        listener = (ChannelPolls) configuration.get(LISTENER);
    }

    @Override
    public ConsumerRecords<String, byte[]> onConsume(ConsumerRecords<String, byte[]> records) {
        listener.polled(records);
        return records;
    }

    @Override
    public void onCommit(Map<TopicPartition, OffsetAndMetadata> offsets) {
        // InHand knows.
    }

    @Override
    public void close() {
        // Holds no resources.
    }
}
