package dev.trunkline.bus;

import java.util.Properties;

/** What every member of a group is to Kafka, whoever polls for it. */
final class GroupProperties {
    private GroupProperties() {}

    /** @param instance unique and stable, by which Kafka knows a member that is back after a restart */
    static Properties of(KafkaAddress kafka, String group, String instance) {
        Properties properties = kafka.consumerProperties(instance + "-" + group);
        properties.put("group.id", group);
        properties.put("group.instance.id", instance);
        // Only for a place whose events were deleted, which are a week old; where a new group begins, FirstPlace says.
        properties.put("auto.offset.reset", "latest");
        properties.put(
                "partition.assignment.strategy", "org.apache.kafka.clients.consumer.CooperativeStickyAssignor");
        // A replica that died without a word gives its partitions up after 6 s, the least that brokers allow.
        properties.put("session.timeout.ms", "6000");
        // Members learn of each other's coming and going by the heartbeat; a partition on its way from one to another is
        // read by none for about so long, while callers wait.
        properties.put("heartbeat.interval.ms", "300");
        return properties;
    }
}
