package dev.trunkline.system.support;

import dev.trunkline.events.Topics;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;

/** Records that violate the contract, each in its own way. Their keys begin with {@code poison}. */
public final class Poison {
    /** One type for each group that reads it, by its name in the contract. */
    private static final List<String> TYPES = List.of(
            "dev.trunkline.call.invite.received.v1",
            "dev.trunkline.call.routed.v1",
            "dev.trunkline.call.admitted.v1",
            "dev.trunkline.call.ended.v1");
    private static final List<byte[]> VALUES = List.of(
            bytes("this is not JSON"),
            bytes("null"),
            bytes("[]"),
            bytes("{}"),
            bytes("{\"callId\": \"not a call id\"}"),
            bytes("{\"callId\": {\"callId\": {\"callId\": {}}}}"),
            new byte[] {0, (byte) 0xff, (byte) 0xfe, 1},
            new byte[0]);

    private Poison() {}

    /** Puts every kind of poison on every partition of the call topics. */
    public static void spread(String kafka) throws InterruptedException, ExecutionException {
        Map<String, Object> properties = Map.of("bootstrap.servers", kafka, "acks", "all");
        try (var producer = new KafkaProducer<>(properties, new StringSerializer(), new ByteArraySerializer())) {
            for (String topic : List.of(Topics.EVENTS, Topics.COMMANDS)) {
                for (PartitionInfo partition : producer.partitionsFor(topic)) {
                    for (String type : TYPES) {
                        for (byte[] value : VALUES) {
                            producer.send(record(topic, partition.partition(), type, value));
                        }
                    }
                    producer.send(record(topic, partition.partition(), "dev.trunkline.call.from.the.future.v9", bytes("{}")));
                    // Records without any header, without a key, without a value.
                    producer.send(new ProducerRecord<>(topic, partition.partition(), null, bytes("bare"))).get();
                    producer.send(new ProducerRecord<>(topic, partition.partition(), "poison-tombstone", null)).get();
                }
            }
        }
    }

    /** Puts one event without any field on a topic. */
    public static void empty(String kafka, String topic, String type) throws InterruptedException, ExecutionException {
        Map<String, Object> properties = Map.of("bootstrap.servers", kafka, "acks", "all");
        try (var producer = new KafkaProducer<>(properties, new StringSerializer(), new ByteArraySerializer())) {
            producer.send(record(topic, 0, type, bytes("{}"))).get();
        }
    }

    /** Puts every kind of poison on compacted topics. */
    public static void spreadOverState(String kafka, List<String> topics) throws InterruptedException, ExecutionException {
        Map<String, Object> properties = Map.of("bootstrap.servers", kafka, "acks", "all");
        try (var producer = new KafkaProducer<>(properties, new StringSerializer(), new ByteArraySerializer())) {
            for (String topic : topics) {
                for (PartitionInfo partition : producer.partitionsFor(topic)) {
                    for (byte[] value : VALUES) {
                        producer.send(new ProducerRecord<>(topic, partition.partition(), "poison-" + UUID.randomUUID(), value)).get();
                    }
                    producer.send(new ProducerRecord<>(topic, partition.partition(), "poison-tombstone", null)).get();
                }
            }
        }
    }

    private static ProducerRecord<String, byte[]> record(String topic, int partition, String type, byte[] value) {
        var record = new ProducerRecord<>(topic, partition, "poison-" + UUID.randomUUID(), value);
        Map.of("ce_specversion", "1.0", "ce_id", UUID.randomUUID().toString(), "ce_type", type, "ce_source", "/poison/1",
                        "ce_time", Instant.now().toString(), "content-type", "application/json")
                .forEach((name, text) -> record.headers().add(name, bytes(text)));
        return record;
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
