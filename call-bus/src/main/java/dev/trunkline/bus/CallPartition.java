package dev.trunkline.bus;

import java.nio.charset.StandardCharsets;
import org.apache.kafka.clients.producer.internals.BuiltInPartitioner;

/**
 * The partition of the call topics that a call is in. It is Kafka's own function over a record's key (murmur2), with which its
 * Java producers choose; a program that writes with another client has to set {@code partitioner=murmur2_random} or the
 * equivalent.
 */
public final class CallPartition {
    private CallPartition() {}

    /**
     * @param key a call id in the form of a Kafka key
     * @param partitions how many the topic has, 1 or more
     */
    public static int of(String key, int partitions) {
        return BuiltInPartitioner.partitionForKey(key.getBytes(StandardCharsets.UTF_8), partitions);
    }
}
