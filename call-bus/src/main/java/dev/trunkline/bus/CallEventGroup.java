package dev.trunkline.bus;

import dev.trunkline.events.CallRecord;
import dev.trunkline.events.Topics;
import dev.trunkline.events.codec.CallEventCodec;
import dev.trunkline.events.codec.EventTypes;
import java.time.Duration;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.FencedInstanceIdException;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.RecordDeserializationException;
import org.apache.kafka.common.errors.RetriableException;
import org.jboss.logging.Logger;

/**
 * One member of a consumer group on {@link Topics#EVENTS}: replicas share the calls between them. At-least-once delivery, in order
 * within a call, different calls in parallel; events that cannot be read or handled go to {@link Topics#DEAD_LETTERS} and never
 * stop a partition.
 *
 * <pre>
 *   joined --leave()--> out (no new events; those in hand go on) --join()--> joined
 *      \------------------------- close() -------------------------------> closed
 * </pre>
 *
 * A member that leaves or closes tells the group, so the others get its partitions at once. The group notices after 6 s that a
 * member died; if the member is back before then with the same instance name, it continues where it was.
 */
public final class CallEventGroup implements AutoCloseable {
    private static final Logger LOG = Logger.getLogger(CallEventGroup.class);
    private static final Duration POLL = Duration.ofMillis(100);
    private static final Duration BEFORE_NEXT_TRY = Duration.ofSeconds(1);

    private final String group;
    private final String instance;
    private final Set<String> types;
    private final KafkaAddress kafka;
    private final Properties properties;
    private final HandlerQueue handlers;
    private final DeadLetters deadLetters;
    private final ContainedFaults faults;
    private final ReadProgress progress = new ReadProgress(System::nanoTime);
    private final InHand inHand;
    private final RightsWatch rights;
    private final PollFaults pollFaults;
    private final CountDownLatch assigned = new CountDownLatch(1);
    private final PartitionListener listener;
    /** The partitions that are this member's; for the poll thread only. */
    private final Set<TopicPartition> own = new HashSet<>();
    /** Those of them whose first record has been announced to the listener; for the poll thread only. */
    private final Set<TopicPartition> begun = new HashSet<>();
    private final LongAdder read = new LongAdder();
    private final Set<Integer> share = ConcurrentHashMap.newKeySet();
    private final Thread poller;
    private volatile boolean member = true;
    private volatile boolean closing;

    /**
     * For tools and tests, where nobody reads metrics: contained faults are only logged.
     *
     * @param group the group id, which is the service's name
     * @param instance unique and stable: a restarted instance takes its partitions back at once
     * @param handled the kinds of record that the handler wants; others are ignored without parsing
     * @param deadLetters publishes events that cannot be handled
     */
    public CallEventGroup(
            KafkaAddress kafka,
            String group,
            String instance,
            Set<Class<? extends CallRecord>> handled,
            EventHandler handler,
            CallEventPublisher deadLetters) {
        this(kafka, group, instance, handled, handler, deadLetters, ContainedFaults.logged());
    }

    /** @param faults counts what handling one event threw ({@code event-handler}) and what reading threw */
    public CallEventGroup(
            KafkaAddress kafka,
            String group,
            String instance,
            Set<Class<? extends CallRecord>> handled,
            EventHandler handler,
            CallEventPublisher deadLetters,
            ContainedFaults faults) {
        this(kafka, group, instance, handled, handler, deadLetters, PartitionListener.NONE, faults);
    }

    /** @param listener told of each partition before the handler gets its first event */
    public CallEventGroup(
            KafkaAddress kafka,
            String group,
            String instance,
            Set<Class<? extends CallRecord>> handled,
            EventHandler handler,
            CallEventPublisher deadLetters,
            PartitionListener listener,
            ContainedFaults faults) {
        this.listener = listener;
        this.group = group;
        this.instance = instance;
        this.types = handled.stream().map(EventTypes::nameOf).collect(Collectors.toUnmodifiableSet());
        this.kafka = kafka;
        this.properties = GroupProperties.of(kafka, group, instance);
        this.faults = faults;
        this.inHand = new InHand(group);
        this.rights = new RightsWatch(kafka, instance + "-" + group, "group=" + group, List.of(Topics.EVENTS), Optional.of(group));
        this.pollFaults = new PollFaults(faults, "group-poll", "group=" + group, rights);
        this.deadLetters = new DeadLetters(deadLetters, group, faults);
        this.handlers = new HandlerQueue(handler, this.deadLetters, faults);
        this.poller = Thread.ofPlatform().name("kafka-" + group).unstarted(this::run);
    }

    /** Starts to read. */
    public CallEventGroup start() {
        poller.start();
        return this;
    }

    /** Waits until the group has assigned this member its first partitions. @return false if it did not within the time */
    public boolean awaitAssigned(Duration atMost) throws InterruptedException {
        return assigned.await(atMost.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** Whether partitions have been assigned and the poll loop is alive; {@link #reading} says if it reads now. */
    public boolean healthy() {
        return poller.isAlive() && assigned.getCount() == 0;
    }

    /** Whether brokers answer and everything written up to five seconds ago has reached the handler; true while out by choice. */
    public boolean reading() {
        return poller.isAlive() && (!member || progress.reading() && rights.missing().isEmpty());
    }

    /**
     * Returns which right on Kafka is missing, and what to do, as a sentence for health; empty while none is known to be missing.
     */
    public Optional<String> missingRight() {
        return rights.missing();
    }

    /** Returns how long this member has not read what Kafka has for it: zero while it keeps up, and while it is out by choice. */
    public Duration deafFor() {
        return member ? progress.deafFor() : Duration.ZERO;
    }

    /** Everything that this member had to read at this moment, in terms of {@link System#nanoTime}, has reached the handler. */
    public long heardUntil() {
        return progress.heardUntil();
    }

    /**
     * Returns the maximum age of an event that arrives now, whatever clocks say: about a second while this member keeps up. Until
     * everything has been read once, it is longer than Kafka keeps anything. For {@link RecordAges}.
     */
    public Duration longestOnTheWay() {
        return progress.longestOnTheWay();
    }

    /** Returns how many partitions the group has assigned to this member. */
    public int share() {
        return share.size();
    }

    /** Returns how many records have arrived so far, of any type. */
    public long read() {
        return read.sum();
    }

    /** Gives all partitions to the other members; events in hand are finished. Takes effect within half a second. */
    public void leave() {
        member = false;
    }

    /** Rejoins the group. */
    public void join() {
        progress.beginAgain();
        member = true;
    }

    private void run() {
        while (!closing) {
            try {
                if (member) {
                    takePart();
                } else {
                    inHand.look();
                    Thread.sleep(POLL);
                }
            } catch (InterruptedException | InterruptException e) {
                // Only close() ends a member, and the loop checks for that next.
            } catch (FencedInstanceIdException e) {
                LOG.errorf("group=%s another process uses the instance name %s: give each process its own TRUNKLINE_INSTANCE",
                        group, instance);
                return;
            } catch (Throwable fault) {
                pollFaults.contain(fault, BEFORE_NEXT_TRY);
            }
        }
    }

    /** From joining the group to leaving it. */
    private void takePart() {
        KafkaConsumer<String, byte[]> consumer = kafka.consumer(properties);
        var setBack = new SetBack(System::currentTimeMillis, System::nanoTime);
        try {
            consumer.subscribe(List.of(Topics.EVENTS), new Partitions(consumer));
            while (member && !closing && !setBack.look()) {
                try {
                    accept(consumer);
                    inHand.look();
                    inHand.commitNowAndThen(consumer);
                    progress.look(consumer, () -> readOrAll(consumer));
                    pollFaults.over();
                } catch (InterruptException | FencedInstanceIdException e) {
                    throw e;
                } catch (RecordDeserializationException e) {
                    consumer.seek(e.topicPartition(), e.offset() + 1);
                    pollFaults.contain(e, Duration.ZERO);
                } catch (Throwable fault) {
                    pollFaults.contain(fault, POLL);
                }
                rights.look(progress.deafFor().isZero() && assigned.getCount() == 0);
            }
            inHand.handOverAll(consumer);
        } finally {
            inHand.forgetAll();
            share.clear();
            gaveUp(Set.copyOf(own));
            consumer.close(CloseOptions.groupMembershipOperation(CloseOptions.GroupMembershipOperation.LEAVE_GROUP)
                    .withTimeout(Duration.ofSeconds(2)));
        }
    }

    private void gaveUp(Collection<TopicPartition> partitions) {
        begun.removeAll(partitions);
        partitions.stream().filter(own::remove).forEach(partition ->
                faults.guarded("group-partitions", () -> listener.gaveUp(partition.partition())).run());
    }

    /** A member that has no partition, not yet or not any more, asks about all of them to see whether brokers answer. */
    private static Set<TopicPartition> readOrAll(KafkaConsumer<String, byte[]> consumer) {
        Set<TopicPartition> own = consumer.assignment();
        if (!own.isEmpty()) {
            return own;
        }
        return consumer.partitionsFor(Topics.EVENTS, POLL).stream()
                .map(info -> new TopicPartition(info.topic(), info.partition()))
                .collect(Collectors.toSet());
    }

    private void accept(KafkaConsumer<String, byte[]> consumer) {
        if (inHand.tooMany()) {
            consumer.pause(consumer.assignment());
        } else if (!consumer.paused().isEmpty()) {
            consumer.resume(consumer.paused());
        }
        for (ConsumerRecord<String, byte[]> message : BoundedPoll.of(consumer, POLL)) {
            accept(message);
        }
    }

    private void accept(ConsumerRecord<String, byte[]> message) {
        var partition = new TopicPartition(message.topic(), message.partition());
        read.increment();
        inHand.started(partition, message.offset());
        try {
            if (!begun.contains(partition)) {
                listener.reads(partition.partition(), message.offset());
                begun.add(partition);
            }
            if (CallEventCodec.typeOf(message).filter(types::contains).isEmpty()) {
                inHand.done(partition, message.offset());
                return;
            }
            inHand.doneWhen(handlers.submit(message), partition, message.offset());
        } catch (Throwable fault) {
            faults.caught("group-record", fault);
            inHand.doneWhen(deadLetters.bury(message, "could not be taken", fault), partition, message.offset());
        }
    }

    /** Waits briefly for events in hand, commits, leaves the group, and interrupts the handlers that still run. */
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
            progress.askAgain();
            try {
                FirstPlace.seek(consumer, partitions);
            } catch (RetriableException e) {
                // The partitions are this member's all the same, and nobody calls here again. It reads from the group's committed
                // offset; if there is none, which happens only when the group is new, from now on.
                LOG.warnf("group=%s the starting offsets could not be read: %s", group, e.toString());
            }
            share.addAll(numbers(partitions));
            own.addAll(partitions);
            faults.guarded("group-partitions", () -> listener.assigned(Set.copyOf(numbers(partitions)))).run();
            assigned.countDown();
            LOG.infof("group=%s assigned %s", group, numbers(partitions));
        }

        @Override
        public void onPartitionsRevoked(Collection<TopicPartition> partitions) {
            if (!partitions.isEmpty()) {
                inHand.handOver(consumer, partitions);
                share.removeAll(numbers(partitions));
                gaveUp(partitions);
                LOG.infof("group=%s released %s", group, numbers(partitions));
            }
        }

        @Override
        public void onPartitionsLost(Collection<TopicPartition> partitions) {
            inHand.forget(partitions);
            share.removeAll(numbers(partitions));
            gaveUp(partitions);
            LOG.warnf("group=%s lost %s", group, numbers(partitions));
        }

        private List<Integer> numbers(Collection<TopicPartition> partitions) {
            return partitions.stream().map(TopicPartition::partition).sorted().toList();
        }
    }
}
