package dev.trunkline.router.announce;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.trunkline.bus.CallEventPublisher;
import dev.trunkline.bus.ContainedFaults;
import dev.trunkline.bus.Rounds;
import dev.trunkline.events.Topics;
import dev.trunkline.events.Trunk;
import dev.trunkline.events.codec.EventJson;
import dev.trunkline.router.metrics.RouterMetrics;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.jboss.logging.Logger;

/**
 * Relays the outbox to the trunks topic: a trunk as it is now, or a tombstone where it is gone. Everything is announced
 * again at start, so that a new Kafka learns it and trunks that Postgres does not know any more disappear.
 *
 * <pre>
 *   recalling (whole table, and what the topic holds, into the outbox) --> relaying, at each interval
 * </pre>
 */
public final class TrunkAnnouncer implements AutoCloseable {
    private static final Logger LOG = Logger.getLogger(TrunkAnnouncer.class);
    private static final Duration KAFKA_PATIENCE = Duration.ofSeconds(15);
    private static final Duration BEFORE_NEXT_TRY = Duration.ofSeconds(1);

    /** Which trunks Kafka holds. */
    @FunctionalInterface
    public interface Announced {
        /** @throws TimeoutException if Kafka or the topic is not there within the time */
        Set<String> read(Duration patience) throws InterruptedException, ExecutionException, TimeoutException;
    }

    private final TrunkOutbox outbox;
    private final Announced announced;
    private final CallEventPublisher publisher;
    private final RouterMetrics metrics;
    private final Duration interval;
    private final Rounds rounds;
    /** The rounds' alone, both. */
    private boolean recalled;
    private boolean failing;

    /** @param announced what the trunks topic holds */
    public TrunkAnnouncer(
            TrunkOutbox outbox,
            Announced announced,
            CallEventPublisher publisher,
            RouterMetrics metrics,
            Duration interval,
            ContainedFaults faults) {
        this.outbox = outbox;
        this.announced = announced;
        this.publisher = publisher;
        this.metrics = metrics;
        this.interval = interval;
        this.rounds = new Rounds("trunk-announcer", this::round, faults);
    }

    /** Call when the schema is there. */
    public void start() {
        rounds.start();
    }

    /** Whether trunks are still announced. */
    public boolean alive() {
        return rounds.alive();
    }

    private Duration round() throws InterruptedException {
        try {
            if (!recalled) {
                outbox.recall(announced.read(KAFKA_PATIENCE));
                recalled = true;
            }
            metrics.announced(outbox.relay(this::publish));
            failing = false;
            return interval;
        } catch (InterruptedException e) {
            throw e;
        } catch (Exception e) {
            failed(e);
            return BEFORE_NEXT_TRY;
        }
    }

    /** Returns when Kafka has all of them. */
    private void publish(List<String> ids, List<Trunk> present)
            throws InterruptedException, ExecutionException, TimeoutException {
        Map<String, Trunk> byId = new HashMap<>();
        present.forEach(trunk -> byId.put(trunk.id(), trunk));
        List<CompletableFuture<Void>> sent = new ArrayList<>();
        for (String id : ids) {
            Optional<Trunk> trunk = Optional.ofNullable(byId.get(id));
            sent.add(publisher.send(record(id, trunk)).toCompletableFuture());
            LOG.infof("trunk=%s %s", id, trunk.map(there -> "announced as " + there.name()).orElse("withdrawn"));
        }
        CompletableFuture.allOf(sent.toArray(CompletableFuture[]::new))
                .get(KAFKA_PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
    }

    private static ProducerRecord<String, byte[]> record(String id, Optional<Trunk> trunk) {
        if (trunk.isEmpty()) {
            return new ProducerRecord<>(Topics.TRUNKS, id, null);
        }
        try {
            return new ProducerRecord<>(
                    Topics.TRUNKS, id, EventJson.MAPPER.writeValueAsBytes(trunk.get()));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a trunk that has no JSON", e);
        }
    }

    private void failed(Exception cause) {
        metrics.announceFailed();
        if (!failing) {
            LOG.errorf("trunks wait in the outbox until Postgres and Kafka answer: %s", cause.toString());
        }
        failing = true;
    }

    @Override
    public void close() {
        rounds.close();
    }
}
