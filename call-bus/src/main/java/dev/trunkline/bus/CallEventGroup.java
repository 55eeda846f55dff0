package dev.trunkline.bus;

import dev.trunkline.events.CallRecord;
import dev.trunkline.events.Topics;
import dev.trunkline.events.codec.CallEventCodec;
import dev.trunkline.events.codec.EventTypes;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.FencedInstanceIdException;
import org.apache.kafka.common.errors.InterruptException;
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
 *
 * A member that leaves or closes tells the group, so that the others have its partitions at once; one that dies is
 * missed after 6 s, unless it is back before with the same instance name and goes on where it was.
 */
public final class CallEventGroup implements AutoCloseable {
    private static final Logger LOG = Logger.getLogger(CallEventGroup.class);
    private static final Duration POLL = Duration.ofMillis(100);
    private static final Duration BETWEEN_COMMITS = Duration.ofMillis(200);
    private static final Duration BEFORE_NEXT_TRY = Duration.ofSeconds(1);
    /** How long partitions that go to another member wait for their events in hand, so that few come twice. */
    private static final Duration HAND_OVER = Duration.ofMillis(300);
    /** Past this many events in hand no more are fetched until some are done. */
    private static final int MOST_IN_FLIGHT = 2_000;

    private final String group;
    private final String instance;
    private final Set<String> types;
    private final Properties properties;
    private final HandlerQueue handlers;
    private final OffsetLedgers ledgers = new OffsetLedgers();
    /** What handlers' threads ask of the poll thread, which alone knows the ledgers. */
    private final ConcurrentLinkedQueue<Runnable> tasks = new ConcurrentLinkedQueue<>();
    private final CountDownLatch assigned = new CountDownLatch(1);
    private final Thread poller;
    private volatile boolean member = true;
    private volatile boolean closing;
    private boolean commitsFail;
    private long lastCommit = System.nanoTime();

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
        this.instance = instance;
        this.types = handled.stream().map(EventTypes::nameOf).collect(Collectors.toUnmodifiableSet());
        this.properties = properties(kafka, group, instance);
        this.handlers = new HandlerQueue(handler, new DeadLetters(deadLetters, group));
        this.poller = Thread.ofPlatform().name("kafka-" + group).unstarted(this::run);
    }

    private static Properties properties(KafkaAddress kafka, String group, String instance) {
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

    /** Gives all partitions to the others; events in hand are finished. Takes effect within half a second. */
    public void leave() {
        member = false;
    }

    /** Takes part again. */
    public void join() {
        member = true;
    }

    private void run() {
        try {
            while (!closing) {
                if (!member) {
                    Thread.sleep(POLL);
                    runTasks();
                    continue;
                }
                try {
                    takePart();
                } catch (FencedInstanceIdException | InterruptException e) {
                    throw e;
                } catch (RuntimeException e) {
                    LOG.errorf("group=%s cannot take part, trying again: %s", group, e);
                    Thread.sleep(BEFORE_NEXT_TRY);
                }
            }
        } catch (InterruptedException | InterruptException e) {
            LOG.debugf("group=%s interrupted", group);
        } catch (FencedInstanceIdException e) {
            LOG.errorf("group=%s another process has taken the instance name %s: give each its own TRUNKLINE_INSTANCE",
                    group, instance);
        }
    }

    /** From joining the group to leaving it. */
    private void takePart() throws InterruptedException {
        var consumer = new KafkaConsumer<>(properties, new StringDeserializer(), new ByteArrayDeserializer());
        try {
            consumer.subscribe(List.of(Topics.EVENTS), new Partitions(consumer));
            while (member && !closing) {
                try {
                    accept(consumer);
                    runTasks();
                    commitNowAndThen(consumer);
                } catch (InterruptException | FencedInstanceIdException e) {
                    throw e;
                } catch (RuntimeException e) {
                    LOG.errorf("group=%s reading from Kafka failed, going on: %s", group, e);
                    Thread.sleep(POLL);
                }
            }
            handOver(consumer, ledgers.partitions());
        } finally {
            ledgers.forget(ledgers.partitions());
            consumer.close(CloseOptions.groupMembershipOperation(CloseOptions.GroupMembershipOperation.LEAVE_GROUP)
                    .withTimeout(Duration.ofSeconds(2)));
        }
    }

    private void accept(KafkaConsumer<String, byte[]> consumer) {
        if (ledgers.inFlight() > MOST_IN_FLIGHT) {
            consumer.pause(consumer.assignment());
        } else if (!consumer.paused().isEmpty()) {
            consumer.resume(consumer.paused());
        }
        for (ConsumerRecord<String, byte[]> message : consumer.poll(POLL)) {
            accept(message);
        }
    }

    private void accept(ConsumerRecord<String, byte[]> message) {
        var partition = new TopicPartition(message.topic(), message.partition());
        ledgers.started(partition, message.offset());
        if (CallEventCodec.typeOf(message).filter(types::contains).isEmpty()) {
            ledgers.done(partition, message.offset());
            return;
        }
        handlers.submit(message)
                .whenComplete((ignored, failure) -> tasks.add(() -> ledgers.done(partition, message.offset())));
    }

    private void runTasks() {
        for (Runnable task = tasks.poll(); task != null; task = tasks.poll()) {
            task.run();
        }
    }

    /** Not after each event: a commit costs the broker as much as an event does. */
    private void commitNowAndThen(KafkaConsumer<String, byte[]> consumer) {
        long now = System.nanoTime();
        if (now - lastCommit < BETWEEN_COMMITS.toNanos()) {
            return;
        }
        lastCommit = now;
        Map<TopicPartition, OffsetAndMetadata> offsets = ledgers.toCommit(ledgers.partitions());
        if (!offsets.isEmpty()) {
            consumer.commitAsync(offsets, this::committed);
        }
    }

    private void committed(Map<TopicPartition, OffsetAndMetadata> offsets, Exception failure) {
        if (failure == null) {
            commitsFail = false;
            return;
        }
        ledgers.commitFailed(offsets.keySet());
        if (!commitsFail) {
            commitsFail = true;
            LOG.warnf("group=%s commits fail, events may come again: %s", group, failure.toString());
        }
    }

    /** Waits a little for what is in hand of the partitions, commits, and forgets them. */
    private void handOver(KafkaConsumer<String, byte[]> consumer, Collection<TopicPartition> partitions) {
        long until = System.nanoTime() + HAND_OVER.toNanos();
        runTasks();
        try {
            while (ledgers.inFlight(partitions) > 0 && System.nanoTime() < until) {
                Thread.sleep(5);
                runTasks();
            }
            Map<TopicPartition, OffsetAndMetadata> offsets = ledgers.toCommit(partitions);
            if (!offsets.isEmpty()) {
                consumer.commitSync(offsets, Duration.ofSeconds(1));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException e) {
            LOG.warnf("group=%s the last commit failed, events will come again: %s", group, e.toString());
        } finally {
            ledgers.forget(partitions);
        }
    }

    /** Waits a moment for what is in hand, commits, leaves the group, and interrupts the handlers that still run. */
    @Override
    public void close() {
        closing = true;
        try {
            if (!poller.join(Duration.ofSeconds(5))) {
                poller.interrupt();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        handlers.stop();
    }

    private final class Partitions implements ConsumerRebalanceListener {
        private final KafkaConsumer<String, byte[]> consumer;

        Partitions(KafkaConsumer<String, byte[]> consumer) {
            this.consumer = consumer;
        }

        @Override
        public void onPartitionsAssigned(Collection<TopicPartition> partitions) {
            FirstPlace.seek(consumer, partitions);
            assigned.countDown();
            LOG.infof("group=%s assigned %s", group, numbers(partitions));
        }

        @Override
        public void onPartitionsRevoked(Collection<TopicPartition> partitions) {
            if (!partitions.isEmpty()) {
                handOver(consumer, partitions);
                LOG.infof("group=%s gave up %s", group, numbers(partitions));
            }
        }

        @Override
        public void onPartitionsLost(Collection<TopicPartition> partitions) {
            ledgers.forget(partitions);
            LOG.warnf("group=%s lost %s", group, numbers(partitions));
        }

        private List<Integer> numbers(Collection<TopicPartition> partitions) {
            return partitions.stream().map(TopicPartition::partition).sorted().toList();
        }
    }
}
