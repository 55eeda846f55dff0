package dev.trunkline.bus;

import dev.trunkline.events.Envelope;
import dev.trunkline.events.codec.CallEventCodec;
import java.time.Duration;
import java.util.Properties;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.jboss.logging.Logger;

/**
 * Writes to the call topics: idempotent, acknowledged by all replicas, without lingering. While Kafka is away what was
 * published waits in memory, in order, and is sent when it is back. Publishing never waits, so that whoever handles a
 * packet or a call may publish. Thread-safe.
 */
public final class CallEventPublisher implements AutoCloseable {
    private static final Logger LOG = Logger.getLogger(CallEventPublisher.class);
    /** How long an event waits for Kafka before its stage fails. */
    private static final Duration PATIENCE = Duration.ofMinutes(10);
    /** Most events that wait for Kafka; ten minutes of heartbeats of 1,000 calls, and as much again. */
    private static final int MOST_WAITING = 120_000;

    /** Between two tries of the first event that waits. */
    private static final Duration BETWEEN_TRIES = Duration.ofMillis(10);

    private static final String WHERE = "event-publisher";

    private final ContainedFaults faults;
    private final Producer<String, byte[]> producer;
    /** Sends, in order, what the producer could not take at once. */
    private final Executor waitingRoom;
    /** Events in the waiting room: while there is one, those that come later must not overtake it. */
    private final AtomicInteger waiting = new AtomicInteger();
    /** Completes stages away from the producer's thread, which a waiting callback would stop. */
    private final Executor completer;

    /** For tools and tests, where nobody reads metrics: what is contained is logged alone. */
    public CallEventPublisher(KafkaAddress kafka, String clientId) {
        this(kafka, clientId, ContainedFaults.logged());
    }

    /** @param faults counts what sending one event threw ({@code event-publisher}) */
    public CallEventPublisher(KafkaAddress kafka, String clientId, ContainedFaults faults) {
        this(new KafkaProducer<>(properties(kafka, clientId), new StringSerializer(), new ByteArraySerializer()),
                faults, waitingRoom(clientId), Thread::startVirtualThread);
    }

    /** Sends by this producer, and completes stages on its thread. */
    public CallEventPublisher(Producer<String, byte[]> producer) {
        this(producer, ContainedFaults.logged(), Runnable::run, Runnable::run);
    }

    /** Sends by this producer, and completes stages elsewhere. */
    CallEventPublisher(Producer<String, byte[]> producer, ContainedFaults faults, Executor completer) {
        this(producer, faults, waitingRoom("test"), completer);
    }

    private CallEventPublisher(
            Producer<String, byte[]> producer, ContainedFaults faults, Executor waitingRoom, Executor completer) {
        this.producer = producer;
        this.faults = faults;
        this.waitingRoom = waitingRoom;
        this.completer = completer;
    }

    private static Executor waitingRoom(String clientId) {
        return new ThreadPoolExecutor(
                1, 1, 0, TimeUnit.SECONDS, new LinkedBlockingQueue<>(MOST_WAITING),
                Thread.ofPlatform().daemon().name("kafka-send-" + clientId).factory());
    }

    private static Properties properties(KafkaAddress kafka, String clientId) {
        Properties properties = kafka.properties();
        properties.put("client.id", clientId);
        properties.put("enable.idempotence", "true");
        properties.put("acks", "all");
        properties.put("linger.ms", "0");
        properties.put("delivery.timeout.ms", Long.toString(PATIENCE.toMillis()));
        properties.put("request.timeout.ms", "5000");
        // Whoever publishes never waits for metadata or memory: the waiting room does.
        properties.put("max.block.ms", "0");
        // An edge that had no call for a while knows its brokers still.
        properties.put("metadata.max.idle.ms", Long.toString(Duration.ofDays(1).toMillis()));
        return properties;
    }

    /** Completes when Kafka has the record; fails if it could not be written within ten minutes. */
    public CompletionStage<Void> publish(Envelope envelope) {
        return send(CallEventCodec.encode(envelope));
    }

    /** Writes a record that is not a call event, for example a trunk or a dead letter. */
    public CompletionStage<Void> send(ProducerRecord<String, byte[]> message) {
        var done = new CompletableFuture<Void>();
        if (waiting.get() > 0 || !taken(message, done)) {
            await(message, done);
        }
        return done;
    }

    private void await(ProducerRecord<String, byte[]> message, CompletableFuture<Void> done) {
        waiting.incrementAndGet();
        try {
            waitingRoom.execute(() -> {
                try {
                    sendPatiently(message, done);
                } finally {
                    waiting.decrementAndGet();
                }
            });
        } catch (RejectedExecutionException e) {
            waiting.decrementAndGet();
            done.completeExceptionally(new IllegalStateException(
                    "the publisher is closed, or " + MOST_WAITING + " events wait for Kafka already", e));
        } catch (Throwable fault) {
            waiting.decrementAndGet();
            faults.caught(WHERE, fault);
            finish(done, fault);
        }
    }

    private void sendPatiently(ProducerRecord<String, byte[]> message, CompletableFuture<Void> done) {
        long begin = System.nanoTime();
        try {
            while (!taken(message, done)) {
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

    /** @return false if the producer knows no broker for the topic yet, or has no memory left: it is to be asked again */
    private boolean taken(ProducerRecord<String, byte[]> message, CompletableFuture<Void> done) {
        Thread asking = Thread.currentThread();
        var refused = new AtomicBoolean();
        try {
            producer.send(message, (metadata, failure) -> {
                // Only a send that did not begin calls back on the thread that asked for it.
                if (failure instanceof TimeoutException && Thread.currentThread() == asking) {
                    refused.set(true);
                } else {
                    complete(done, failure);
                }
            });
            return !refused.get();
        } catch (Throwable fault) {
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

    /** Never throws: what a dependent of the stage throws is the dependent's. */
    private static void finish(CompletableFuture<Void> done, Throwable failure) {
        if (failure == null) {
            done.complete(null);
        } else {
            done.completeExceptionally(failure);
        }
    }

    /** Sends what waits for at most five seconds, and closes. */
    @Override
    public void close() {
        if (waitingRoom instanceof ThreadPoolExecutor pool) {
            pool.shutdown();
            try {
                if (!pool.awaitTermination(5, TimeUnit.SECONDS)) {
                    LOG.errorf("%d events could not be written before the end", pool.shutdownNow().size() + 1);
                }
            } catch (InterruptedException e) {
                pool.shutdownNow();
                Thread.currentThread().interrupt();
            }
        }
        producer.close(Duration.ofSeconds(5));
    }
}
