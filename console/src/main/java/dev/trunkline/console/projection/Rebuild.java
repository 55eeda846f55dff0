package dev.trunkline.console.projection;

import dev.trunkline.bus.ContainedFaults;
import dev.trunkline.bus.KafkaAddress;
import dev.trunkline.bus.TopicTail;
import dev.trunkline.events.Envelope;
import dev.trunkline.events.Topics;
import dev.trunkline.events.codec.CallEventCodec;
import dev.trunkline.events.codec.UnreadableEventException;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListOffsetsResult.ListOffsetsResultInfo;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.jboss.logging.Logger;

/**
 * Rebuilds the projection from everything Kafka has. What Kafka no longer has stays as it is. Events that arrive meanwhile are written in
 * parallel, because writing an event twice changes nothing.
 */
public final class Rebuild {
    private static final Logger LOG = Logger.getLogger(Rebuild.class);
    private static final String WHERE = "console-rebuild";
    /** Most events that wait for their batch. */
    private static final int IN_HAND = 4_000;
    private static final Duration KAFKA_PATIENCE = Duration.ofSeconds(20);
    private static final Duration LONGEST = Duration.ofHours(12);

    private final KafkaAddress kafka;
    private final String instance;
    private final ProjectionTables tables;
    private final Function<Envelope, CompletionStage<Void>> batches;
    private final InstantSource clock;
    private final ContainedFaults faults;
    private final AtomicReference<State> state = new AtomicReference<>(new State("idle", 0, ""));
    private final AtomicLong read = new AtomicLong();

    /**
     * The state of a rebuild.
     *
     * @param phase {@code idle}, {@code running}, {@code done} or {@code failed}
     * @param events how many were read
     * @param detail why it failed; otherwise empty
     */
    public record State(String phase, long events, String detail) {}

    public Rebuild(
            KafkaAddress kafka,
            String instance,
            ProjectionTables tables,
            Function<Envelope, CompletionStage<Void>> batches,
            InstantSource clock,
            ContainedFaults faults) {
        this.kafka = kafka;
        this.instance = instance;
        this.tables = tables;
        this.batches = batches;
        this.clock = clock;
        this.faults = faults;
    }

    /** @return false if a rebuild is running already */
    public boolean begin() {
        State before = state.get();
        if (before.phase().equals("running") || !state.compareAndSet(before, new State("running", 0, ""))) {
            return false;
        }
        read.set(0);
        // Not a pooled thread: its class loader may be another one, and Kafka's client loads classes by name.
        Thread.ofPlatform().name(WHERE).daemon().start(this::run);
        return true;
    }

    public State state() {
        State now = state.get();
        return now.phase().equals("running") ? new State(now.phase(), read.get(), "") : now;
    }

    private void run() {
        try {
            Instant begun = clock.instant();
            tables.drop(oldest());
            readAll();
            tables.built(begun);
            LOG.infof("the projection was rebuilt from %d events on Kafka in %d ms", read.get(),
                    Duration.between(begun, clock.instant()).toMillis());
            state.set(new State("done", read.get(), ""));
        } catch (InterruptedException e) {
            state.set(new State("failed", read.get(), "it was interrupted: start it again"));
        } catch (SQLException e) {
            state.set(new State("failed", read.get(), "Postgres did not answer (SQLSTATE " + e.getSQLState() + "): start it again"));
        } catch (Throwable fault) {
            faults.caught(WHERE, fault);
            state.set(new State("failed", read.get(), "Kafka was not read to the end: start it again"));
        }
    }

    private void readAll() throws InterruptedException, ExecutionException, TimeoutException {
        var places = new Semaphore(IN_HAND);
        try (TopicTail tail = new TopicTail(
                kafka, instance + "-rebuild", List.of(Topics.EVENTS), new TopicTail.From.Beginning(),
                message -> take(message, places), faults)) {
            tail.start();
            tail.caughtUp().toCompletableFuture().get(LONGEST.toSeconds(), TimeUnit.SECONDS);
            places.acquire(IN_HAND);
        }
    }

    private void take(ConsumerRecord<String, byte[]> message, Semaphore places) {
        Envelope event;
        try {
            var decoded = CallEventCodec.decode(message);
            if (decoded.isEmpty()) {
                return;
            }
            event = decoded.get();
        } catch (UnreadableEventException e) {
            // The consumer group has turned it into a dead letter.
            return;
        }
        read.incrementAndGet();
        places.acquireUninterruptibly();
        batches.apply(event).whenComplete((ignored, failure) -> places.release());
    }

    /** The time from which Kafka has everything, in each partition. */
    private Instant oldest() throws InterruptedException, ExecutionException, TimeoutException {
        Admin admin = Admin.create(kafka.adminProperties(instance + "-rebuild-oldest"));
        try {
            int partitions = admin.describeTopics(List.of(Topics.EVENTS)).allTopicNames()
                    .get(KAFKA_PATIENCE.toSeconds(), TimeUnit.SECONDS).get(Topics.EVENTS).partitions().size();
            Map<TopicPartition, OffsetSpec> first = IntStream.range(0, partitions)
                    .mapToObj(partition -> new TopicPartition(Topics.EVENTS, partition))
                    .collect(Collectors.toMap(partition -> partition, partition -> OffsetSpec.forTimestamp(0)));
            return admin.listOffsets(first).all().get(KAFKA_PATIENCE.toSeconds(), TimeUnit.SECONDS).values().stream()
                    .map(ListOffsetsResultInfo::timestamp)
                    .filter(timestamp -> timestamp >= 0)
                    .map(Instant::ofEpochMilli)
                    .max(Instant::compareTo)
                    .orElseGet(clock::instant);
        } finally {
            admin.close(Duration.ZERO);
        }
    }
}
