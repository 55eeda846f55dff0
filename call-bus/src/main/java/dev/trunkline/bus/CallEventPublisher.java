package dev.trunkline.bus;

import dev.trunkline.events.CallCommand;
import dev.trunkline.events.CallEvent;
import dev.trunkline.events.Envelope;
import dev.trunkline.events.InviteReceived;
import dev.trunkline.events.codec.CallEventCodec;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.Properties;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.TimeoutException;
import org.jboss.logging.Logger;

/**
 * Publishes to the call topics: idempotent, acknowledged by all replicas, without lingering. While Kafka is unavailable or acknowledges
 * nothing, published events wait in memory, in order, and are sent when it is back. Publishing never blocks, so code that handles a packet
 * or a call may publish. Thread-safe.
 */
public final class CallEventPublisher implements AutoCloseable {
    private static final Logger LOG = Logger.getLogger(CallEventPublisher.class);
    /** How long an event waits for Kafka before its stage fails. */
    private static final Duration PATIENCE = Duration.ofMinutes(10);
    /** Between two attempts to send the first waiting event. */
    private static final Duration BETWEEN_TRIES = Duration.ofMillis(10);

    /** How often Kafka is asked for the reason while nothing can be written. */
    private static final Duration BETWEEN_QUESTIONS = Duration.ofSeconds(5);

    private static final Duration CLOSING = Duration.ofSeconds(5);

    private static final String WHERE = "event-publisher";

    private final ContainedFaults faults;
    private final Producer<String, byte[]> producer;
    /** Sends, in order, what the producer could not accept at once. */
    private final WaitingRoom waitingRoom;
    private final Unacknowledged unacknowledged = new Unacknowledged();
    private final InstantSource clock;
    private final WhyStuck whyStuck;
    /** Why the first waiting event cannot be written; empty while nothing has waited for long. */
    private volatile Optional<String> stuck = Optional.empty();
    /** Which right is missing for a write that Kafka refused; empty while nothing is refused. */
    private volatile Optional<String> refused = Optional.empty();
    private final AtomicBoolean askingForRights = new AtomicBoolean();
    /** Completes stages off the producer's thread, which a blocking callback would stop. */
    private final Executor completer;
    private volatile boolean closed;

    /** For tools and tests, where nobody reads metrics: contained faults are only logged. */
    public CallEventPublisher(KafkaAddress kafka, String clientId) {
        this(kafka, clientId, ContainedFaults.logged());
    }

    /** @param faults counts what sending one event threw ({@code event-publisher}) */
    public CallEventPublisher(KafkaAddress kafka, String clientId, ContainedFaults faults) {
        this(kafka.producer(properties(kafka, clientId)),
                faults, new WaitingRoom(clientId), Thread::startVirtualThread, SteadyClock.ofThisProcess(),
                WhyStuck.asking(kafka, clientId));
    }

    /** Sends with this producer, and completes stages on its thread. */
    public CallEventPublisher(Producer<String, byte[]> producer) {
        this(producer, ContainedFaults.logged(), new WaitingRoom("test"), Runnable::run, SteadyClock.ofThisProcess(), topic -> "");
    }

    /** Sends with this producer, and completes stages elsewhere. */
    CallEventPublisher(Producer<String, byte[]> producer, ContainedFaults faults, Executor completer) {
        this(producer, faults, new WaitingRoom("test"), completer, SteadyClock.ofThisProcess(), topic -> "");
    }

    CallEventPublisher(
            Producer<String, byte[]> producer,
            ContainedFaults faults,
            WaitingRoom waitingRoom,
            Executor completer,
            InstantSource clock,
            WhyStuck whyStuck) {
        this.producer = producer;
        this.faults = faults;
        this.waitingRoom = waitingRoom;
        this.completer = completer;
        this.clock = clock;
        this.whyStuck = whyStuck;
    }

    private static Properties properties(KafkaAddress kafka, String clientId) {
        Properties properties = kafka.properties();
        properties.put("client.id", clientId);
        properties.put("enable.idempotence", "true");
        properties.put("acks", "all");
        properties.put("linger.ms", "0");
        properties.put("delivery.timeout.ms", Long.toString(PATIENCE.toMillis()));
        properties.put("request.timeout.ms", "5000");
        // A caller that publishes never waits for metadata or memory: the waiting room does.
        properties.put("max.block.ms", "0");
        // An edge that has had no call for a while still knows its brokers.
        properties.put("metadata.max.idle.ms", Long.toString(Duration.ofDays(1).toMillis()));
        return properties;
    }

    /**
     * Completes when Kafka has acknowledged the event. Fails if the event could not be written within ten minutes, if too much is waiting
     * already, and for an invite whose deadline passed while it waited: its caller has been rejected, and a router would decide on a call
     * that is over. A last event is never refused because of what is waiting before it.
     */
    public CompletionStage<Void> publish(Envelope envelope) {
        ProducerRecord<String, byte[]> message = CallEventCodec.encode(envelope);
        return switch (envelope.record()) {
            case InviteReceived invite -> send(message, false, () -> clock.instant().isAfter(invite.deadline()));
            case CallEvent event -> send(message, event.isLast(), () -> false);
            case CallCommand command -> send(message, false, () -> false);
        };
    }

    /** Publishes a record that is not a call event, for example a trunk or a dead letter. */
    public CompletionStage<Void> send(ProducerRecord<String, byte[]> message) {
        return send(message, false, () -> false);
    }

    private CompletionStage<Void> send(ProducerRecord<String, byte[]> message, boolean last, BooleanSupplier stale) {
        var done = new CompletableFuture<Void>();
        if (waitingRoom.isOccupied() || unacknowledged.silent(System.nanoTime()) || !taken(message, done)) {
            await(message, last, stale, done);
        }
        return done;
    }

    private void await(
            ProducerRecord<String, byte[]> message, boolean last, BooleanSupplier stale, CompletableFuture<Void> done) {
        try {
            int size = message.value() == null ? 0 : message.value().length;
            waitingRoom.enter(size, last, () -> sendPatiently(message, stale, done));
        } catch (RejectedExecutionException e) {
            done.completeExceptionally(new IllegalStateException("not published: " + e.getMessage(), e));
        } catch (Throwable fault) {
            faults.caught(WHERE, fault);
            finish(done, fault);
        }
    }

    private void sendPatiently(
            ProducerRecord<String, byte[]> message, BooleanSupplier stale, CompletableFuture<Void> done) {
        long begin = System.nanoTime();
        long ask = begin + WhyStuck.AFTER.toNanos();
        try {
            while (true) {
                if (stale.getAsBoolean()) {
                    finish(done, new IllegalStateException("its deadline passed before Kafka could take it"));
                    return;
                }
                if (!unacknowledged.silent(System.nanoTime()) && taken(message, done)) {
                    return;
                }
                if (System.nanoTime() - ask > 0) {
                    askWhy(message.topic());
                    ask = System.nanoTime() + BETWEEN_QUESTIONS.toNanos();
                }
                if (System.nanoTime() - begin > PATIENCE.toNanos()) {
                    finish(done, new IllegalStateException("Kafka could not be reached for " + PATIENCE));
                    return;
                }
                Thread.sleep(BETWEEN_TRIES);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            finish(done, e);
        } catch (Throwable fault) {
            faults.caught(WHERE, fault);
            finish(done, fault);
        }
    }

    /** An exception from asking does not keep any event from being sent. */
    private void askWhy(String topic) throws InterruptedException {
        String why;
        try {
            why = whyStuck.of(topic);
        } catch (InterruptedException e) {
            throw e;
        } catch (Throwable fault) {
            faults.caught(WHERE, fault);
            why = topic + " cannot be written, and Kafka cannot be asked why: " + fault.getMessage();
        }
        if (!stuck.equals(Optional.of(why))) {
            LOG.errorf("events are waiting for Kafka: %s", why);
        }
        stuck = Optional.of(why);
    }

    /** Returns why nothing has been written for two seconds or more, as a sentence for health; empty while all is well. */
    public Optional<String> stuck() {
        return refused.or(() -> stuck);
    }

    /**
     * Kafka accepted the event for sending and then refused it: nothing waits that could be asked about, so Kafka is asked until the right
     * is there. Events fail meanwhile.
     */
    private void refused(String topic) {
        if (askingForRights.compareAndSet(false, true)) {
            Thread.ofVirtual().name("kafka-rights").start(() -> {
                try {
                    askForRights(topic);
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                } catch (Throwable fault) {
                    faults.caught(WHERE, fault);
                } finally {
                    refused = Optional.empty();
                    askingForRights.set(false);
                }
            });
        }
    }

    private void askForRights(String topic) throws InterruptedException {
        Optional<String> missing = whyStuck.missingRight(topic);
        while (missing.isPresent() && !closed) {
            if (refused.isEmpty()) {
                LOG.errorf("events are refused: %s", missing.get());
            }
            refused = missing;
            Thread.sleep(BETWEEN_QUESTIONS);
            missing = whyStuck.missingRight(topic);
        }
    }

    /** @return false if the producer does not know a broker for the topic yet, or has no memory left: ask it again */
    private boolean taken(ProducerRecord<String, byte[]> message, CompletableFuture<Void> done) {
        Thread asking = Thread.currentThread();
        var refused = new AtomicBoolean();
        unacknowledged.taken(System.nanoTime());
        try {
            producer.send(message, (metadata, failure) -> {
                unacknowledged.settled(System.nanoTime());
                // Only a send that did not begin calls back on the thread that requested it.
                if (failure instanceof TimeoutException && Thread.currentThread() == asking) {
                    refused.set(true);
                } else {
                    if (failure instanceof AuthorizationException) {
                        refused(message.topic());
                    }
                    complete(done, failure);
                }
            });
            if (!refused.get() && stuck.isPresent()) {
                // Also if the waiting event was dropped meanwhile.
                stuck = Optional.empty();
            }
            return !refused.get();
        } catch (Throwable fault) {
            unacknowledged.settled(System.nanoTime());
            faults.caught(WHERE, fault);
            complete(done, fault);
            return true;
        }
    }

    /** Called on the producer's only thread, which an Error would end. */
    private void complete(CompletableFuture<Void> done, Throwable failure) {
        try {
            completer.execute(() -> finish(done, failure));
        } catch (Throwable fault) {
            faults.caught(WHERE, fault);
            finish(done, failure);
        }
    }

    /** Never throws: an exception from a dependent of the stage stays with that dependent. */
    private static void finish(CompletableFuture<Void> done, Throwable failure) {
        if (failure == null) {
            done.complete(null);
        } else {
            done.completeExceptionally(failure);
        }
    }

    /** Sends waiting events for at most five seconds, and closes. */
    @Override
    public void close() {
        closed = true;
        int left = waitingRoom.close(CLOSING);
        if (left > 0) {
            LOG.errorf("%d events could not be written before shutdown", left);
        }
        producer.close(CLOSING);
    }
}
