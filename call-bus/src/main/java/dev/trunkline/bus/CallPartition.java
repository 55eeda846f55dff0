package dev.trunkline.bus;

import java.nio.charset.StandardCharsets;
import org.apache.kafka.clients.producer.internals.BuiltInPartitioner;

/**
 * In which partition of the call topics a call is. It is Kafka's own function over a record's key (murmur2), by which its Java
 * producers choose; whoever writes with another client has to set {@code partitioner=murmur2_random} or the like.
 */
public final class CallPartition {
    private CallPartition() {}

    /**
     * @param key a call id as a Kafka key has it
     * @param partitions how many the topic has, 1 or more
     */
    public static int of(String key, int partitions) {
        return BuiltInPartitioner.partitionForKey(key.getBytes(StandardCharsets.UTF_8), partitions);
    }
}
