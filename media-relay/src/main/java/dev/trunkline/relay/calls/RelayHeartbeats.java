package dev.trunkline.relay.calls;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.trunkline.bus.KafkaAddress;
import dev.trunkline.events.RelayHeartbeat;
import dev.trunkline.events.RelayState;
import dev.trunkline.events.Topics;
import dev.trunkline.events.codec.EventJson;
import java.time.Duration;
import java.util.Properties;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.jboss.logging.Logger;

/**
 * Publishes on {@link Topics#RELAYS} that this relay is alive, and what it does with new calls. Has its own producer, so that it
 * waits behind no event of a call. A heartbeat that Kafka does not accept within two seconds is dropped, because only the newest
 * one matters.
 */
final class RelayHeartbeats implements AutoCloseable {
    private static final Logger LOG = Logger.getLogger(RelayHeartbeats.class);
    /** After this a heartbeat is out of date, and the next one says more. */
    private static final Duration KEPT = Duration.ofSeconds(2);
    private static final Duration LAST_WORD = Duration.ofSeconds(2);

    private final Producer<String, byte[]> producer;
    private final Supplier<RelayHeartbeat> now;
    private boolean gone;

    /** @param now the relay's current state */
    RelayHeartbeats(Producer<String, byte[]> producer, Supplier<RelayHeartbeat> now) {
        this.producer = producer;
        this.now = now;
    }

    static RelayHeartbeats to(KafkaAddress kafka, String relay, Supplier<RelayHeartbeat> now) {
        return new RelayHeartbeats(kafka.producer(properties(kafka, relay)), now);
    }

    private static Properties properties(KafkaAddress kafka, String relay) {
        Properties properties = kafka.properties();
        properties.put("client.id", relay + "-heartbeat");
        properties.put("acks", "all");
        properties.put("enable.idempotence", "false");
        // One after another, so that a retried heartbeat never overtakes a newer one.
        properties.put("max.in.flight.requests.per.connection", "1");
        properties.put("linger.ms", "0");
        properties.put("request.timeout.ms", "1000");
        properties.put("delivery.timeout.ms", Long.toString(KEPT.toMillis()));
        properties.put("max.block.ms", "500");
        return properties;
    }

    /** Sends one heartbeat. Blocks for half a second at most, if no broker is known. */
    synchronized void beat() {
        if (!gone) {
            send(now.get());
        }
    }

    /** Sends the first heartbeat, before the relay reports ready: an edge that has received none considers it dead. */
    void begin() {
        try {
            send(now.get()).get(KEPT.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException | TimeoutException e) {
            LOG.warnf("Kafka did not accept this relay's first heartbeat; the next may get through: %s", e.getMessage());
        }
    }

    private Future<?> send(RelayHeartbeat heartbeat) {
        try {
            return producer.send(new ProducerRecord<>(
                    Topics.RELAYS, heartbeat.relay(), EventJson.MAPPER.writeValueAsBytes(heartbeat)), (metadata, failure) -> {
                        if (failure != null) {
                            LOG.debugf("a heartbeat of this relay did not reach Kafka: %s", failure.getMessage());
                        }
                    });
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a heartbeat could not be written as JSON", e);
        }
    }

    /** Sends the last heartbeat, of an orderly stop. Nothing is sent after it. */
    @Override
    public void close() {
        synchronized (this) {
            gone = true;
        }
        try {
            RelayHeartbeat last = now.get();
            send(last.in(RelayState.GONE))
                    .get(LAST_WORD.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException | TimeoutException e) {
            LOG.warnf(
                    "Kafka did not accept this relay's last heartbeat; others will notice only from its missing heartbeats: %s",
                    e.getMessage());
        } finally {
            producer.close(Duration.ofSeconds(1));
        }
    }
}
