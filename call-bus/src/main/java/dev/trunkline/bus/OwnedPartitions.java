package dev.trunkline.bus;

import dev.trunkline.events.Topics;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.FencedInstanceIdException;
import org.apache.kafka.common.errors.InterruptException;
import org.jboss.logging.Logger;

/**
 * Assigns the partitions of {@link Topics#EVENTS} to the members of a group, and nothing else: no record is fetched and nothing is
 * committed. As far as the group knows, a partition has one owner; while a partition moves from one member to another, or Kafka is
 * unavailable, two members may consider it theirs.
 *
 * <pre>
 *   none yet --assigned--> {0, 3} --another came--> {0} --Kafka away, and back--> {0}
 * </pre>
 *
 * The last known set stays until the group says otherwise. A member that closes gives its partitions to the others at once. A member
 * that dies loses them after 6 s; if it is back before then with the same instance name, it keeps them.
 */
public final class OwnedPartitions implements AutoCloseable {
    private static final Logger LOG = Logger.getLogger(OwnedPartitions.class);
    private static final Duration POLL = Duration.ofMillis(100);
    private static final Duration BEFORE_NEXT_TRY = Duration.ofSeconds(1);

    private final String group;
    private final String instance;
    private final KafkaAddress kafka;
    private final Properties properties;
    private final Consumer<Set<Integer>> owner;
    private final ContainedFaults faults;
    private final RightsWatch rights;
    private final PollFaults pollFaults;
    private final Thread poller;
    private volatile boolean closing;

    /**
     * @param group the group id, which is not that of a group that reads
     * @param instance unique and stable: a restarted instance gets its partitions back at once
     * @param owner told which partitions are owned from now on, on one thread; must not block
     * @param faults counts what the owner threw ({@code owned-partitions}) and what group membership threw
     */
    public OwnedPartitions(
            KafkaAddress kafka, String group, String instance, Consumer<Set<Integer>> owner, ContainedFaults faults) {
        this.group = group;
        this.instance = instance;
        this.kafka = kafka;
        this.properties = GroupProperties.of(kafka, group, instance);
        this.owner = owner;
        this.faults = faults;
        this.rights = new RightsWatch(kafka, instance + "-" + group, "group=" + group, List.of(), Optional.of(group));
        this.pollFaults = new PollFaults(faults, "owned-partitions", "group=" + group, rights);
        this.poller = Thread.ofPlatform().name("kafka-owned-" + group).unstarted(this::run);
    }

    /** Joins the group. */
    public OwnedPartitions start() {
        poller.start();
        return this;
    }

    /** Whether it takes part in the group, or would if Kafka were available. */
    public boolean healthy() {
        return poller.isAlive();
    }

    /** Returns which right on Kafka is missing, and what to do, as a sentence for health; empty while none is known to be missing. */
    public Optional<String> missingRight() {
        return rights.missing();
    }

    private void run() {
        while (!closing) {
            try {
                takePart();
            } catch (InterruptException e) {
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

    private void takePart() {
        KafkaConsumer<String, byte[]> consumer = kafka.consumer(properties);
        var setBack = new SetBack(System::currentTimeMillis, System::nanoTime);
        try {
            consumer.subscribe(List.of(Topics.EVENTS), new Assignment(consumer));
            while (!closing && !setBack.look()) {
                try {
                    BoundedPoll.of(consumer, POLL);
                    pollFaults.over();
                } catch (InterruptException | FencedInstanceIdException e) {
                    throw e;
                } catch (Throwable fault) {
                    pollFaults.contain(fault, POLL);
                }
                rights.look(true);
            }
        } finally {
            consumer.close(CloseOptions.groupMembershipOperation(CloseOptions.GroupMembershipOperation.LEAVE_GROUP)
                    .withTimeout(Duration.ofSeconds(2)));
        }
    }

    /** Leaves the group: the others get the partitions at once. The owner is not told and keeps what it had. */
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
    }

    private final class Assignment implements ConsumerRebalanceListener {
        private final KafkaConsumer<String, byte[]> consumer;

        Assignment(KafkaConsumer<String, byte[]> consumer) {
            this.consumer = consumer;
        }

        /** Called at the end of each rebalance, even if nothing was added. */
        @Override
        public void onPartitionsAssigned(Collection<TopicPartition> added) {
            Set<TopicPartition> all = consumer.assignment();
            consumer.pause(all);
            Set<Integer> owned = all.stream().map(TopicPartition::partition).collect(Collectors.toUnmodifiableSet());
            LOG.infof("group=%s owns partitions %s", group, new TreeSet<>(owned));
            faults.guarded("owned-partitions", () -> owner.accept(owned)).run();
        }

        @Override
        public void onPartitionsRevoked(Collection<TopicPartition> partitions) {
            // The assignment that follows contains the remaining partitions.
        }

        @Override
        public void onPartitionsLost(Collection<TopicPartition> partitions) {
            LOG.warnf("group=%s its brokers considered it lost; it keeps its partitions until they assign others", group);
        }
    }
}
