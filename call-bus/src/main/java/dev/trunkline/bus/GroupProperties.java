package dev.trunkline.bus;

import java.util.Properties;

/** The Kafka properties of every member of a group, whichever code polls for it. */
final class GroupProperties {
    private GroupProperties() {}

    /** @param instance unique and stable: Kafka recognises a member by it after a restart */
    static Properties of(KafkaAddress kafka, String group, String instance) {
        Properties properties = kafka.consumerProperties(instance + "-" + group);
        properties.put("group.id", group);
        properties.put("group.instance.id", instance);
        // Only for an offset whose events were deleted, which means they are a week old; FirstPlace decides where a new
        // group begins.
        properties.put("auto.offset.reset", "latest");
        properties.put(
                "partition.assignment.strategy", "org.apache.kafka.clients.consumer.CooperativeStickyAssignor");
        // The group takes the partitions of a replica that died silently after 6 s, the minimum that brokers allow.
        properties.put("session.timeout.ms", "6000");
        // Members learn of joins and leaves by the heartbeat; a partition that moves from one member to another is read
        // by nobody for about that long, while callers wait.
        properties.put("heartbeat.interval.ms", "300");
        return properties;
    }
}
