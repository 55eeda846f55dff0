package dev.trunkline.events.kafka;

import dev.trunkline.events.CallRecord;
import dev.trunkline.events.Envelope;
import dev.trunkline.events.Topics;
import dev.trunkline.events.codec.CallEventCodec;
import dev.trunkline.events.codec.EventTypes;
import dev.trunkline.events.codec.UnreadableEventException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.WakeupException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.jboss.logging.Logger;

/**
 * One member of a consumer group on {@link Topics#EVENTS}: replicas share the calls between them. At least once, in
 * order within a call, calls beside each other; what cannot be read or handled goes to {@link Topics#DEAD_LETTERS} and
 * never stops a partition.
 *
 * <pre>
 *   joined --leave()--> out (no new events; those in hand go on) --join()--> joined
 *      \------------------------- close() -------------------------------> closed
 * </pre>
 */
public final class CallEventGroup implements AutoCloseable {
    private static final Logger LOG = Logger.getLogger(CallEventGroup.class);
    private static final Duration POLL = Duration.ofMillis(100);
    /** Past this many events in hand no more are fetched until some are done. */
    private static final int MOST_IN_FLIGHT = 2_000;

    private final String group;
    private final Set<String> types;
    private final EventHandler handler;
    private final CallEventPublisher deadLetters;
    private final KafkaConsumer<String, byte[]> consumer;
    private final ExecutorService handlers = Executors.newVirtualThreadPerTaskExecutor();
    private final Map<TopicPartition, OffsetLedger> ledgers = new HashMap<>();
    private final Map<String, CompletableFuture<Void>> tails = new HashMap<>();
    private final ConcurrentLinkedQueue<Runnable> tasks = new ConcurrentLinkedQueue<>();
    private final CountDownLatch assigned = new CountDownLatch(1);
    private final Thread poller;
    private volatile boolean member = true;
    private volatile boolean closing;

    /**
     * @param group the group id, which is the service's name
     * @param instance unique and stable: a restarted instance takes its partitions back at once
     * @param handled the kinds of record that the handler wants; others are passed over unparsed
     * @param deadLetters writes what cannot be handled
     */
    public CallEventGroup(
            KafkaAddress kafka,
            String group,
            String instance,
            Set<Class<? extends CallRecord>> handled,
            EventHandler handler,
            CallEventPublisher deadLetters) {
        this.group = group;
        this.types = handled.stream().map(EventTypes::nameOf).collect(Collectors.toUnmodifiableSet());
        this.handler = handler;
        this.deadLetters = deadLetters;
        this.consumer = new KafkaConsumer<>(
                properties(kafka, group, instance), new StringDeserializer(), new ByteArrayDeserializer());
        this.poller = Thread.ofPlatform().name("kafka-" + group).unstarted(this::run);
    }

    private static Properties properties(KafkaAddress kafka, String group, String instance) {
        Properties properties = kafka.properties();
        properties.put("group.id", group);
        properties.put("group.instance.id", instance);
        properties.put("client.id", instance + "-" + group);
        properties.put("enable.auto.commit", "false");
        // A group without a committed offset begins a little back, so that a first start that dies loses nothing; calls
        // whose deadline has passed are passed over by the handlers.
        properties.put("auto.offset.reset", "by_duration:PT10S");
        properties.put(
                "partition.assignment.strategy", "org.apache.kafka.clients.consumer.CooperativeStickyAssignor");
        // A replica that died without a word gives its partitions up after 6 s, the least that brokers allow.
        properties.put("session.timeout.ms", "6000");
        properties.put("heartbeat.interval.ms", "1500");
        properties.put("fetch.min.bytes", "1");
        return properties;
    }

    /** Begins to read. */
    public CallEventGroup start() {
        poller.start();
        return this;
    }

    /** Waits until the group gave this member its first partitions. @return false if it did not within the time */
    public boolean awaitAssigned(Duration atMost) throws InterruptedException {
        return assigned.await(atMost.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** True once partitions were assigned and while the poll loop lives. */
    public boolean healthy() {
        return poller.isAlive() && assigned.getCount() == 0;
    }

    /** Gives all partitions to the others; events in hand are finished. */
    public void leave() {
        member = false;
        consumer.wakeup();
    }

    /** Takes part again. */
    public void join() {
        member = true;
        consumer.wakeup();
    }

    private void run() {
        try (consumer) {
            boolean subscribed = false;
            while (!closing) {
                try {
                    if (member != subscribed) {
                        subscribed = member;
                        follow(subscribed);
                    }
                    if (subscribed) {
                        accept();
                    } else {
                        Thread.sleep(POLL);
                    }
                    runTasks();
                    commit();
                } catch (WakeupException e) {
                    // leave(), join() or close() asked for attention.
                } catch (InterruptedException | InterruptException e) {
                    return;
                } catch (RuntimeException e) {
                    LOG.errorf("group=%s reading from Kafka failed, going on: %s", group, e);
                    pause();
                }
            }
            runTasks();
            commit();
        } catch (RuntimeException e) {
            LOG.warnf("group=%s closing: %s", group, e.toString());
        }
    }

    private void follow(boolean subscribe) {
        if (subscribe) {
            consumer.subscribe(List.of(Topics.EVENTS), new Partitions());
        } else {
            commit();
            consumer.unsubscribe();
            ledgers.clear();
        }
    }

    private void accept() {
        int inFlight = ledgers.values().stream().mapToInt(OffsetLedger::inFlight).sum();
        if (inFlight > MOST_IN_FLIGHT) {
            consumer.pause(consumer.assignment());
        } else if (!consumer.paused().isEmpty()) {
            consumer.resume(consumer.paused());
        }
        for (ConsumerRecord<String, byte[]> message : consumer.poll(inFlight > 0 ? Duration.ofMillis(20) : POLL)) {
            accept(message);
        }
    }

    private void accept(ConsumerRecord<String, byte[]> message) {
        var partition = new TopicPartition(message.topic(), message.partition());
        ledgers.computeIfAbsent(partition, unseen -> new OffsetLedger()).started(message.offset());
        if (CallEventCodec.typeOf(message).filter(types::contains).isEmpty()) {
            finish(partition, message.offset());
            return;
        }
        String key = message.key() == null ? "" : message.key();
        CompletableFuture<Void> before = tails.getOrDefault(key, CompletableFuture.completedFuture(null));
        var returned = before.thenApplyAsync(ignored -> handle(message), handlers);
        CompletableFuture<Void> tail = returned.thenAccept(ignored -> {});
        tails.put(key, tail);
        tail.whenComplete((ignored, failure) -> tasks.add(() -> tails.remove(key, tail)));
        returned.thenCompose(stage -> stage)
                .whenComplete((ignored, failure) -> tasks.add(() -> finish(partition, message.offset())));
    }

    /** Never fails: what the handler cannot do ends as a dead letter. */
    private CompletionStage<Void> handle(ConsumerRecord<String, byte[]> message) {
        try {
            Optional<Envelope> envelope = CallEventCodec.decode(message);
            CompletionStage<Void> handled =
                    envelope.isEmpty() ? CompletableFuture.completedFuture(null) : handler.handle(envelope.get());
            return handled.handle((ignored, failure) -> failure)
                    .thenCompose(failure -> failure == null
                            ? CompletableFuture.completedFuture(null)
                            : bury(message, "handling failed: " + failure));
        } catch (UnreadableEventException e) {
            return bury(message, e.getMessage());
        } catch (Exception e) {
            return bury(message, "handling failed: " + e);
        }
    }

    private CompletionStage<Void> bury(ConsumerRecord<String, byte[]> message, String reason) {
        LOG.errorf("call=%s group=%s dead letter at %s-%d offset %d: %s",
                message.key(), group, message.topic(), message.partition(), message.offset(), reason);
        var letter = new ProducerRecord<>(Topics.DEAD_LETTERS, message.key(), message.value());
        message.headers().forEach(letter.headers()::add);
        letter.headers().add("dead-letter-reason", reason.getBytes(StandardCharsets.UTF_8));
        letter.headers().add("dead-letter-group", group.getBytes(StandardCharsets.UTF_8));
        return deadLetters.send(letter).exceptionally(failure -> {
            LOG.errorf("call=%s group=%s the dead letter could not be written: %s", message.key(), group, failure);
            return null;
        });
    }

    private void finish(TopicPartition partition, long offset) {
        OffsetLedger ledger = ledgers.get(partition);
        if (ledger != null) {
            ledger.done(offset);
        }
    }

    private void runTasks() {
        for (Runnable task = tasks.poll(); task != null; task = tasks.poll()) {
            task.run();
        }
    }

    private void commit() {
        commit(ledgers.keySet(), false);
    }

    private void commit(Collection<TopicPartition> partitions, boolean wait) {
        Map<TopicPartition, OffsetAndMetadata> offsets = new HashMap<>();
        for (TopicPartition partition : partitions) {
            OffsetLedger ledger = ledgers.get(partition);
            if (ledger != null) {
                ledger.toCommit().ifPresent(offset -> offsets.put(partition, new OffsetAndMetadata(offset)));
            }
        }
        if (offsets.isEmpty()) {
            return;
        }
        if (wait) {
            consumer.commitSync(offsets, Duration.ofSeconds(2));
        } else {
            consumer.commitAsync(offsets, (committed, failure) -> {
                if (failure != null) {
                    LOG.warnf("group=%s commit failed, its events may come again: %s", group, failure.toString());
                }
            });
        }
    }

    private static void pause() {
        try {
            Thread.sleep(200);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Finishes what is in hand for at most a second, commits, and leaves. */
    @Override
    public void close() {
        closing = true;
        consumer.wakeup();
        try {
            if (!poller.join(Duration.ofSeconds(5))) {
                poller.interrupt();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        handlers.shutdownNow();
    }

    private final class Partitions implements ConsumerRebalanceListener {
        @Override
        public void onPartitionsAssigned(Collection<TopicPartition> partitions) {
            assigned.countDown();
            LOG.infof("group=%s assigned %s", group, numbers(partitions));
        }

        @Override
        public void onPartitionsRevoked(Collection<TopicPartition> partitions) {
            if (partitions.isEmpty()) {
                return;
            }
            runTasks();
            commit(partitions, true);
            partitions.forEach(ledgers::remove);
            LOG.infof("group=%s gave up %s", group, numbers(partitions));
        }

        @Override
        public void onPartitionsLost(Collection<TopicPartition> partitions) {
            partitions.forEach(ledgers::remove);
            LOG.warnf("group=%s lost %s", group, numbers(partitions));
        }

        private List<Integer> numbers(Collection<TopicPartition> partitions) {
            var numbers = new ArrayList<>(partitions.stream().map(TopicPartition::partition).toList());
            numbers.sort(null);
            return numbers;
        }
    }
}
