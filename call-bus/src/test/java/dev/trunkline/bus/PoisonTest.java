package dev.trunkline.bus;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import dev.trunkline.events.CallId;
import dev.trunkline.events.DtmfReceived;
import dev.trunkline.events.Topics;
import dev.trunkline.events.codec.CallEventCodec;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.header.internals.RecordHeader;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.Test;

/** Records that no service of the suite writes, between those of ongoing calls. */
class PoisonTest extends KafkaTests {
    private static final CompletableFuture<Void> DONE = CompletableFuture.completedFuture(null);
    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private final ContainedFaults faults = new ContainedFaults(registry);

    private double contained(String where) {
        return registry.get("trunkline.contained.faults").tag("where", where).counter().count();
    }

    @Test
    void anErrorAtOneRecordEndsNeitherTheTailNorItsTruth() throws Exception {
        CallId call = newCall();
        List<Integer> seen = new CopyOnWriteArrayList<>();
        TopicTail tail = closing(new TopicTail(
                kafka, fresh("tail"), List.of(Topics.EVENTS), new TopicTail.From.Now(), message -> {
                    if (call.toString().equals(message.key())) {
                        seen.add(1);
                        throw new StackOverflowError("on purpose");
                    }
                }, faults));
        tail.start().caughtUp().toCompletableFuture().get(20, SECONDS);
        CallEventPublisher publisher = publisher();
        publish(publisher, key(call, 1));
        publish(publisher, key(call, 2));
        eventually("both", () -> seen.size() == 2);
        assertThat(tail.readToEnd().toCompletableFuture()).succeedsWithin(Duration.ofSeconds(20));
        assertThat(tail.reading()).isTrue();
        assertThat(contained("tail-record")).isEqualTo(2);
    }

    @Test
    void recordsOfStrangeShapeHarmNobody() throws Exception {
        allowHugeRecords();
        CallId call = newCall();
        List<Integer> byGroup = new CopyOnWriteArrayList<>();
        List<Integer> byTail = new CopyOnWriteArrayList<>();
        var group = closing(new CallEventGroup(kafka, fresh("group"), fresh("member"), Set.of(DtmfReceived.class),
                envelope -> {
                    if (envelope.callId().equals(call)) {
                        byGroup.add(number(envelope));
                    }
                    return DONE;
                }, publisher(), faults));
        assertThat(group.start().awaitAssigned(Duration.ofSeconds(20))).isTrue();
        var tail = closing(new TopicTail(kafka, fresh("tail"), List.of(Topics.EVENTS), new TopicTail.From.Now(),
                message -> byTail.add(message.serializedValueSize()), faults));
        tail.start().caughtUp().toCompletableFuture().get(20, SECONDS);
        var known = CallEventCodec.encode(key(call, 0)).headers();
        try (var producer = new KafkaProducer<>(
                Map.<String, Object>of("bootstrap.servers", kafka.bootstrapServers(), "max.request.size", 12_000_000,
                        "buffer.memory", 50_000_000L),
                new StringSerializer(), new ByteArraySerializer())) {
            int sent = 0;
            for (byte[] value : List.of(new byte[0], "{".repeat(100_000).getBytes(), new byte[10 * 1024 * 1024])) {
                var typed = new ProducerRecord<>(Topics.EVENTS, call.toString(), value);
                known.forEach(typed.headers()::add);
                producer.send(typed).get(20, SECONDS);
                sent++;
            }
            var nobodys = new ProducerRecord<String, byte[]>(Topics.EVENTS, null, null);
            known.forEach(nobodys.headers()::add);
            producer.send(nobodys).get(20, SECONDS);
            for (byte[] header : List.of(new byte[] {(byte) 0xff, (byte) 0xfe, 0}, new byte[300_000])) {
                var poisonous = new ProducerRecord<>(Topics.EVENTS, call.toString(), new byte[] {1});
                poisonous.headers().add(new RecordHeader(CallEventCodec.CE_TYPE, header));
                producer.send(poisonous).get(20, SECONDS);
                var second = new ProducerRecord<>(Topics.EVENTS, "\u0000\uffff", new byte[] {1});
                known.forEach(second.headers()::add);
                second.headers().add(new RecordHeader("ce_time", header));
                second.headers().add(new RecordHeader("ce_id", null));
                producer.send(second).get(20, SECONDS);
            }
            assertThat(sent).isEqualTo(3);
        }
        publish(publisher(), key(call, 5));
        eventually("the good one after them", () -> byGroup.equals(List.of(5)));
        eventually("the tail too", () -> byTail.size() == 9);
        assertThat(group.reading()).isTrue();
        assertThat(tail.reading()).isTrue();
    }

    private void allowHugeRecords() throws Exception {
        try (Admin admin = Admin.create(kafka.properties())) {
            admin.incrementalAlterConfigs(Map.of(
                            new ConfigResource(ConfigResource.Type.TOPIC, Topics.EVENTS),
                            List.of(new AlterConfigOp(
                                    new ConfigEntry("max.message.bytes", "12000000"), AlterConfigOp.OpType.SET))))
                    .all()
                    .get(20, SECONDS);
        }
    }
}
