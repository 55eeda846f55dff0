package dev.trunkline.bus;

import dev.trunkline.events.Topics;
import io.smallrye.mutiny.Uni;
import io.smallrye.reactive.messaging.kafka.IncomingKafkaRecord;
import io.smallrye.reactive.messaging.kafka.KafkaConnectorIncomingConfiguration;
import io.smallrye.reactive.messaging.kafka.KafkaConsumer;
import io.smallrye.reactive.messaging.kafka.commit.KafkaCommitHandler;
import io.vertx.mutiny.core.Vertx;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BiConsumer;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.common.Metric;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.FencedInstanceIdException;
import org.apache.kafka.common.errors.RetriableException;
import org.jboss.logging.Logger;

/**
 * The work on the poll thread of a channel: SmallRye's connector polls, and this class tracks the events in hand, commits those that are
 * done, and checks that polls really receive. It is the connector's commit strategy.
 *
 * <pre>
 *   polled (in hand) --queue, event loop--&gt; handed on --handler--&gt; done --each 200 ms--&gt; committed
 * </pre>
 *
 * SmallRye's own strategy, {@code throttled}, would ask the broker for the committed offset at the first event of each partition and commit
 * while the poll thread waits, and it gives up partitions without waiting for their events in hand.
 *
 * <p>For the poll thread only, except {@link #received}, {@link #handle}, {@link #handedOn} and the methods for health.
 */
final class ChannelPolls implements KafkaCommitHandler, KafkaCommitHandler.Factory {
    private static final Logger LOG = Logger.getLogger(ChannelPolls.class);
    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(100);
    private static final Duration PATIENCE = Duration.ofSeconds(5);
    /** A consumer that was not polled, or did not hear its coordinator, for longer than this receives nothing. */
    private static final double LONGEST_SILENCE_SECONDS = 7;
    /** Metrics of Kafka's client. */
    private static final Set<String> SILENCES = Set.of("last-poll-seconds-ago", "last-heartbeat-seconds-ago");

    private final String group;
    private final String instance;
    private final Runnable lost;
    private final InHand inHand;
    private final ReadProgress progress = new ReadProgress(System::nanoTime, this::allIsHandedOn);
    private final RightsWatch rights;
    private final PollFaults pollFaults;
    private final SetBack setBack = new SetBack(System::currentTimeMillis, System::nanoTime);
    private final Rounds rounds;
    private final CountDownLatch assigned = new CountDownLatch(1);
    /** The last offset that was polled, by partition. */
    private final Map<TopicPartition, Long> polled = new HashMap<>();
    /** The last offset that reached the handler, by partition. */
    private final Map<TopicPartition, Long> handedOn = new ConcurrentHashMap<>();
    private List<? extends Metric> silences = List.of();
    private volatile KafkaConsumer<?, ?> consumer;
    private volatile BiConsumer<Throwable, Boolean> failures;
    private volatile boolean fenced;
    private final AtomicBoolean over = new AtomicBoolean();

    /** @param lost run once, when another process has taken this member's name, or the machine's clock was set back */
    ChannelPolls(KafkaAddress kafka, String group, String instance, ContainedFaults faults, Runnable lost) {
        this.group = group;
        this.instance = instance;
        this.lost = lost;
        this.inHand = new InHand(group);
        this.rights = new RightsWatch(kafka, instance + "-" + group, "group=" + group, List.of(Topics.EVENTS), Optional.of(group));
        this.pollFaults = new PollFaults(faults, "group-poll", "group=" + group, rights);
        this.rounds = new Rounds("kafka-" + group, this::round, faults);
    }

    @Override
    public KafkaCommitHandler create(
            KafkaConnectorIncomingConfiguration configuration,
            Vertx vertx,
            KafkaConsumer<?, ?> consumer,
            BiConsumer<Throwable, Boolean> reportFailure) {
        this.consumer = consumer;
        this.failures = reportFailure;
        return this;
    }

    void start() {
        rounds.start();
    }

    boolean awaitAssigned(Duration atMost) throws InterruptedException {
        return assigned.await(atMost.toMillis(), TimeUnit.MILLISECONDS);
    }

    boolean healthy() {
        return assigned.getCount() == 0 && rounds.alive() && !fenced;
    }

    /** Whether another process has taken this member's name. */
    boolean fenced() {
        return fenced;
    }

    ReadProgress progress() {
        return progress;
    }

    Optional<String> missingRight() {
        return rights.missing();
    }

    void polled(ConsumerRecords<String, byte[]> records) {
        for (TopicPartition partition : records.partitions()) {
            for (ConsumerRecord<String, byte[]> message : records.records(partition)) {
                inHand.started(partition, message.offset());
                polled.put(partition, message.offset());
            }
        }
    }

    /** For the one thread that takes events from the channel. */
    void handedOn(TopicPartition partition, long offset) {
        handedOn.put(partition, offset);
    }

    private boolean allIsHandedOn(TopicPartition partition) {
        Long last = polled.get(partition);
        return last == null || handedOn.getOrDefault(partition, -1L) >= last;
    }

    /** Called when an event need not be redelivered. */
    @Override
    public <K, V> Uni<Void> handle(IncomingKafkaRecord<K, V> message) {
        inHand.doneWhen(
                CompletableFuture.completedFuture(null),
                new TopicPartition(message.getTopic(), message.getPartition()),
                message.getOffset());
        return Uni.createFrom().voidItem();
    }

    @Override
    public void partitionsAssigned(Collection<TopicPartition> partitions) {
        forget(partitions);
        progress.askAgain();
        try {
            FirstPlace.seek(consumer.unwrap(), partitions);
        } catch (RetriableException e) {
            // The partitions are this member's all the same, and nobody calls here again. It reads from the group's committed offset; if
            // there is none, which happens only when the group is new, from now on.
            LOG.warnf("group=%s the starting offsets could not be read: %s", group, e.toString());
        }
        assigned.countDown();
        LOG.infof("group=%s assigned %s", group, numbers(partitions));
    }

    /** Also called for lost partitions: then the commit fails, and the events are redelivered elsewhere. */
    @Override
    public void partitionsRevoked(Collection<TopicPartition> partitions) {
        if (!partitions.isEmpty()) {
            inHand.handOver(consumer.unwrap(), partitions);
            forget(partitions);
            LOG.infof("group=%s released %s", group, numbers(partitions));
        }
    }

    private void forget(Collection<TopicPartition> partitions) {
        partitions.forEach(polled::remove);
        partitions.forEach(handedOn::remove);
    }

    private static List<Integer> numbers(Collection<TopicPartition> partitions) {
        return partitions.stream().map(TopicPartition::partition).sorted().toList();
    }

    private Duration round() throws InterruptedException {
        if (setBack.look() && !over.getAndSet(true)) {
            // The connector creates its consumer only once.
            LOG.errorf("group=%s the machine's clock was set back, and Kafka's client times its heartbeats by it: this member restarts",
                    group);
            Thread.startVirtualThread(lost);
        }
        if (!fenced) {
            // The connector does not report what its polls throw: a consumer that receives nothing may have been refused.
            rights.look(assigned.getCount() == 0 && progress.deafFor().isZero());
            onPollThread(this::look);
        }
        return BETWEEN_LOOKS;
    }

    /** Between two polls. */
    private void look(Consumer<?, ?> consumer) {
        try {
            inHand.look();
            inHand.commitNowAndThen(consumer);
            // The outcome of the last commit is reported at the next one, even if that one commits nothing.
            consumer.commitAsync(Map.of(), null);
            if (isHeard(consumer)) {
                progress.look(consumer, () -> readOrAll(consumer));
            }
            pollFaults.over();
        } catch (FencedInstanceIdException e) {
            fenced = true;
            LOG.errorf("group=%s another process uses the instance name %s: give each process its own TRUNKLINE_INSTANCE",
                    group, instance);
            Thread.startVirtualThread(() -> {
                failures.accept(e, true);
                lost.run();
            });
        } catch (Throwable fault) {
            pollFaults.contain(fault, Duration.ZERO);
        }
    }

    /** Whether the consumer is polled and hears its group's coordinator: without both it has a position but gets no events. */
    private boolean isHeard(Consumer<?, ?> consumer) {
        if (silences.isEmpty()) {
            silences = consumer.metrics().values().stream()
                    .filter(metric -> SILENCES.contains(metric.metricName().name()))
                    .toList();
        }
        return silences.stream()
                .mapToDouble(ChannelPolls::seconds)
                .allMatch(seconds -> seconds >= 0 && seconds <= LONGEST_SILENCE_SECONDS);
    }

    private static double seconds(Metric metric) {
        return metric.metricValue() instanceof Number number ? number.doubleValue() : -1;
    }

    /** A member that has no partition, not yet or not any more, asks about all of them to see whether brokers answer. */
    private static Set<TopicPartition> readOrAll(Consumer<?, ?> consumer) {
        Set<TopicPartition> own = consumer.assignment();
        if (!own.isEmpty()) {
            return own;
        }
        return consumer.partitionsFor(Topics.EVENTS, BETWEEN_LOOKS).stream()
                .map(info -> new TopicPartition(info.topic(), info.partition()))
                .collect(Collectors.toSet());
    }

    /** The connector is stopping: it polls no more, and the queue is empty or abandoned. */
    @Override
    public void terminate(boolean graceful) {
        rounds.close();
        try {
            onPollThread(inHand::handOverAll);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void onPollThread(java.util.function.Consumer<Consumer<?, ?>> task) throws InterruptedException {
        KafkaConsumer<?, ?> polling = consumer;
        if (polling == null) {
            return;
        }
        try {
            polling.runOnPollingThread(task::accept)
                    .subscribeAsCompletionStage()
                    .get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            LOG.warnf("group=%s the poll thread has been busy for %d s", group, PATIENCE.toSeconds());
            // If the clock was set back and no record arrives, a poll does not end.
            polling.unwrap().wakeup();
        } catch (ExecutionException e) {
            throw new IllegalStateException(e.getCause());
        }
    }
}
