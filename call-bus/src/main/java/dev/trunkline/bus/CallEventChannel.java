package dev.trunkline.bus;

import dev.trunkline.events.CallRecord;
import dev.trunkline.events.Topics;
import dev.trunkline.events.codec.CallEventCodec;
import dev.trunkline.events.codec.EventTypes;
import io.smallrye.mutiny.Uni;
import io.smallrye.reactive.messaging.ClientCustomizer;
import io.smallrye.reactive.messaging.kafka.IncomingKafkaRecord;
import io.smallrye.reactive.messaging.kafka.api.IncomingKafkaRecordMetadata;
import io.smallrye.reactive.messaging.kafka.commit.KafkaCommitHandler;
import io.smallrye.reactive.messaging.kafka.fault.KafkaFailureHandler;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.eclipse.microprofile.reactive.messaging.Message;
import org.jboss.logging.Logger;

/**
 * One member of a consumer group on {@link Topics#EVENTS}, polled by a channel of SmallRye Reactive Messaging. It makes the same
 * promises as {@link CallEventGroup}: at-least-once delivery, order within a call, different calls in parallel, dead letters for
 * events that cannot be read or handled. It cannot leave the group and rejoin; use {@link CallEventGroup} if you need that.
 *
 * <pre>
 *   poll thread --queue--&gt; event loop: {@link #take} --one virtual thread a call--&gt; handler --ack--&gt; commit
 * </pre>
 *
 * The service has an {@code @Incoming} method that passes each message to {@link #take}, provides {@link #client}, {@link #commits}
 * and {@link #failures} to the container as beans, and names the last two ({@link #COMMIT_STRATEGY}, {@link #FAILURE_STRATEGY}) in the
 * settings of its channel.
 */
public final class CallEventChannel implements AutoCloseable {
    /** Value of the channel's {@code commit-strategy}, and identifier of {@link #commits}. */
    public static final String COMMIT_STRATEGY = "in-hand";
    /** Value of the channel's {@code failure-strategy}, and identifier of {@link #failures}. */
    public static final String FAILURE_STRATEGY = "dead-letters";

    private static final Logger LOG = Logger.getLogger(CallEventChannel.class);
    private static final Duration LEAVING = Duration.ofSeconds(2);

    private final KafkaAddress kafka;
    private final String group;
    private final String instance;
    private final Set<String> types;
    private final Connection connection;
    private final HandlerQueue handlers;
    private final DeadLetters deadLetters;
    private final ContainedFaults faults;
    private final ChannelPolls polls;
    private final Room room = new Room();
    private volatile boolean started;

    /** The channel as its container offers it. */
    public interface Connection {
        /** Lets the channel start to poll. */
        void open(CallEventChannel channel);

        /** Stops polling, and returns when the consumer is closed. */
        void close();

        /**
         * Another process has taken this member's name, and the connector does not rejoin: end this process, so that its supervisor
         * restarts it. Called once, on a thread of its own.
         */
        void lost();
    }

    /**
     * @param group the group id, which is the service's name
     * @param instance unique and stable: a restarted instance takes its partitions back at once
     * @param handled the kinds of record that the handler wants; others are ignored without parsing
     * @param deadLetters publishes events that cannot be handled
     * @param faults counts what handling one event threw ({@code event-handler}) and what reading threw
     */
    public CallEventChannel(
            KafkaAddress kafka,
            String group,
            String instance,
            Set<Class<? extends CallRecord>> handled,
            EventHandler handler,
            CallEventPublisher deadLetters,
            ContainedFaults faults,
            Connection connection) {
        this.kafka = kafka;
        this.group = group;
        this.instance = instance;
        this.types = handled.stream().map(EventTypes::nameOf).collect(Collectors.toUnmodifiableSet());
        this.faults = faults;
        this.connection = connection;
        this.deadLetters = new DeadLetters(deadLetters, group, faults);
        this.handlers = new HandlerQueue(handler, this.deadLetters, faults);
        this.polls = new ChannelPolls(kafka, group, instance, faults, connection::lost);
    }

    /** Returns the properties of the channel's Kafka client: address, security, names, group. They override the channel's settings. */
    public ClientCustomizer<Map<String, Object>> client() {
        return (channel, settings, client) -> {
            Map<String, Object> all = new HashMap<>(client);
            GroupProperties.of(kafka, group, instance).forEach((name, value) -> all.put((String) name, value));
            all.put(ConsumerConfig.INTERCEPTOR_CLASSES_CONFIG, PolledRecords.class.getName());
            all.put(PolledRecords.LISTENER, polls);
            return all;
        };
    }

    /** Commits events that are done, in partition order, and hands partitions over. */
    public KafkaCommitHandler.Factory commits() {
        return polls;
    }

    /** Turns records that the connector itself could not pass on into dead letters. */
    public KafkaFailureHandler.Factory failures() {
        return (settings, vertx, consumer, reportFailure) -> new KafkaFailureHandler() {
            @Override
            public <K, V> Uni<Void> handle(
                    IncomingKafkaRecord<K, V> message,
                    Throwable reason,
                    org.eclipse.microprofile.reactive.messaging.Metadata metadata) {
                return Uni.createFrom()
                        .completionStage(() -> deadLetters.bury(recordOf(message), "could not be taken", reason))
                        .chain(() -> polls.handle(message));
            }
        };
    }

    /** Starts to read. */
    public CallEventChannel start() {
        connection.open(this);
        polls.start();
        started = true;
        return this;
    }

    /** Waits until the group has assigned this member its first partitions. @return false if it did not within the time */
    public boolean awaitAssigned(Duration atMost) throws InterruptedException {
        return polls.awaitAssigned(atMost);
    }

    /** Whether partitions have been assigned and no other process took this member's name; {@link #reading} says if it reads now. */
    public boolean healthy() {
        return polls.healthy();
    }

    /** Whether the channel polls, brokers answer, and everything written up to five seconds ago has reached the handler. */
    public boolean reading() {
        return polls.progress().reading() && polls.missingRight().isEmpty();
    }

    /** Returns which right on Kafka is missing, and what to do, as a sentence for health; empty while none is known to be missing. */
    public Optional<String> missingRight() {
        return polls.missingRight();
    }

    /** Returns how long this member has not read what Kafka has for it: zero while it keeps up. */
    public Duration deafFor() {
        return polls.progress().deafFor();
    }

    /** Everything that this member had to read at this moment, in terms of {@link System#nanoTime}, has reached the handler. */
    public long heardUntil() {
        return polls.progress().heardUntil();
    }

    /**
     * Returns the maximum age of an event that arrives now, whatever clocks say: about a second while this member keeps up. Until
     * everything has been read once, it is longer than Kafka keeps anything. For {@link RecordAges}.
     */
    public Duration longestOnTheWay() {
        return polls.progress().longestOnTheWay();
    }

    /**
     * For the {@code @Incoming} method, which the container calls for one message after another.
     *
     * @return completes when the next message may come: at once, unless too many are in hand
     */
    public CompletionStage<Void> take(Message<byte[]> message) {
        ConsumerRecord<String, byte[]> event = recordOf(message);
        var partition = new TopicPartition(event.topic(), event.partition());
        room.taken();
        try {
            if (CallEventCodec.typeOf(event).filter(types::contains).isEmpty()) {
                done(message);
            } else {
                handlers.submit(event).whenComplete((ignored, failure) -> done(message));
            }
        } catch (Throwable fault) {
            faults.caught("group-record", fault);
            deadLetters.bury(event, "could not be taken", fault).whenComplete((ignored, failure) -> done(message));
        }
        polls.handedOn(partition, event.offset());
        return room.free(ownLoop());
    }

    /**
     * Whoever asks the connector for the next event does so on the connector's event loop: a request from another thread may be lost while
     * the connector hands events on. A channel whose queue is full is paused, and it would never be resumed.
     */
    private static Executor ownLoop() {
        Context loop = Vertx.currentContext();
        return loop == null ? Runnable::run : task -> loop.runOnContext(ignored -> task.run());
    }

    private void done(Message<byte[]> message) {
        message.ack();
        room.givenBack();
    }

    /** The channel has no converter of its own, so the payload is the record as Kafka's client created it. */
    @SuppressWarnings("unchecked")
    private static ConsumerRecord<String, byte[]> recordOf(Message<?> message) {
        return (ConsumerRecord<String, byte[]>)
                message.getMetadata(IncomingKafkaRecordMetadata.class).orElseThrow().getRecord();
    }

    /** Waits briefly for events in hand, commits, leaves the group, and interrupts the handlers that still run. */
    @Override
    public void close() {
        connection.close();
        if (started && !polls.fenced()) {
            leave();
        }
        handlers.stop();
    }

    /** A consumer with a static instance name does not announce that it leaves, so the others would wait 6 s for it. */
    private void leave() {
        try {
            new MemberRemoval(kafka, instance + "-" + group + "-leave", group, LEAVING).remove(instance);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException | TimeoutException e) {
            LOG.warnf("group=%s could not leave; the other members wait 6 s for this one: %s", group, e.toString());
        }
    }
}
