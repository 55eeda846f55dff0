package dev.trunkline.bus;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import dev.trunkline.events.CallId;
import dev.trunkline.events.DtmfReceived;
import dev.trunkline.events.Envelope;
import dev.trunkline.events.codec.Envelopes;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** One broker per test class, and the helpers that the tests of this package share. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class KafkaTests {
    static final int PARTITIONS = 4;
    private static final AtomicInteger NAMES = new AtomicInteger();

    private final List<AutoCloseable> open = new ArrayList<>();
    final Envelopes envelopes = new Envelopes("/test/test-1", Clock.systemUTC(), UUID::randomUUID);
    TestBroker broker;
    KafkaAddress kafka;

    @BeforeAll
    void startBroker(@TempDir Path folder) throws Exception {
        broker = TestBroker.start(folder.resolve("kafka"));
        kafka = broker.address();
        TopicSetup.ensure(kafka, PARTITIONS, (short) 1);
    }

    @AfterAll
    void stopBroker() {
        broker.close();
    }

    @AfterEach
    void closeAll() throws Exception {
        for (AutoCloseable closeable : open.reversed()) {
            closeable.close();
        }
        open.clear();
    }

    <T extends AutoCloseable> T closing(T closeable) {
        open.add(closeable);
        return closeable;
    }

    CallEventPublisher publisher() {
        return closing(new CallEventPublisher(kafka, fresh("publisher")));
    }

    /** Starts a member of a group. Each test has a group of its own, so none reads what another left uncommitted. */
    CallEventGroup group(String group, String instance, EventHandler handler) throws InterruptedException {
        CallEventGroup member = closing(
                new CallEventGroup(kafka, group, instance, Set.of(DtmfReceived.class), handler, publisher()));
        member.start();
        assertThat(member.awaitAssigned(Duration.ofSeconds(20))).isTrue();
        return member;
    }

    Envelope key(CallId call, int number) {
        return envelopes.first(new DtmfReceived(call, true, number), Envelope.Owners.edge("edge-1"));
    }

    void publish(CallEventPublisher publisher, Envelope envelope) throws Exception {
        publisher.publish(envelope).toCompletableFuture().get(20, SECONDS);
    }

    long committed(String group) throws Exception {
        try (Admin admin = Admin.create(kafka.properties())) {
            return admin.listConsumerGroupOffsets(group).partitionsToOffsetAndMetadata().get(20, SECONDS).values()
                    .stream()
                    .mapToLong(OffsetAndMetadata::offset)
                    .sum();
        }
    }

    long committed(String group, TopicPartition partition) throws Exception {
        try (Admin admin = Admin.create(kafka.properties())) {
            OffsetAndMetadata offset = admin.listConsumerGroupOffsets(group)
                    .partitionsToOffsetAndMetadata()
                    .get(20, SECONDS)
                    .get(partition);
            return offset == null ? -1 : offset.offset();
        }
    }

    static String fresh(String what) {
        return what + "-" + NAMES.incrementAndGet();
    }

    static CallId newCall() {
        return new CallId(UUID.randomUUID());
    }

    static int number(Envelope envelope) {
        return ((DtmfReceived) envelope.record()).durationMillis();
    }

    static void eventually(String what, BooleanSupplier condition) throws InterruptedException {
        long until = System.nanoTime() + SECONDS.toNanos(30);
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime()).as("in time: " + what).isLessThan(until);
            Thread.sleep(20);
        }
    }
}
