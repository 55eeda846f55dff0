package dev.trunkline.router.announce;

import dev.trunkline.bus.CallEventPublisher;
import dev.trunkline.bus.ContainedFaults;
import dev.trunkline.bus.Rounds;
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
 * Relays an outbox to its topic: a trunk or a sound as it is now, or a tombstone if it was removed. At start everything
 * is announced again, so that a new Kafka receives it, and entries that Postgres no longer has disappear.
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
        /** @throws TimeoutException if Kafka or the topic is unavailable for that long */
        Set<String> read(Duration patience) throws InterruptedException, ExecutionException, TimeoutException;
    }

    private final Outbox<?> outbox;
    private final Announced announced;
    private final CallEventPublisher publisher;
    private final RouterMetrics metrics;
    private final Duration interval;
    private final Rounds rounds;
    /** This field and the next are used by the rounds only. */
    private boolean recalled;
    private boolean failing;

    /** @param announced what the outbox's topic holds */
    public TrunkAnnouncer(
            Outbox<?> outbox,
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

    /** Starts the rounds; to be called once the schema exists. */
    public void start() {
        rounds.start();
    }

    /** Returns whether trunks are still announced. */
    public boolean alive() {
        return rounds.alive();
    }

    private Duration round() throws InterruptedException {
        try {
            if (!recalled) {
                outbox.recall(announced.read(KAFKA_PATIENCE));
                recalled = true;
            }
            metrics.announced(relay(outbox));
            failing = false;
            return interval;
        } catch (InterruptedException e) {
            throw e;
        } catch (Exception e) {
            failed(e);
            return BEFORE_NEXT_TRY;
        }
    }

    private <T> int relay(Outbox<T> relayed) throws Exception {
        return relayed.relay((ids, present) -> publish(relayed, ids, present));
    }

    /** Returns when Kafka has all of them. */
    private <T> void publish(Outbox<T> relayed, List<String> ids, List<T> present)
            throws InterruptedException, ExecutionException, TimeoutException {
        Map<String, T> byId = new HashMap<>();
        present.forEach(trunk -> byId.put(relayed.id(trunk), trunk));
        List<CompletableFuture<Void>> sent = new ArrayList<>();
        for (String id : ids) {
            Optional<T> trunk = Optional.ofNullable(byId.get(id));
            sent.add(publisher.send(trunk.map(relayed::record).orElseGet(() -> new ProducerRecord<>(relayed.topic(), id, null)))
                    .toCompletableFuture());
            LOG.infof("%s=%s %s on %s", relayed.noun(), id, trunk.map(there -> "announced as " + relayed.name(there)).orElse("withdrawn"),
                    relayed.topic());
        }
        CompletableFuture.allOf(sent.toArray(CompletableFuture[]::new))
                .get(KAFKA_PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
    }

    private void failed(Exception cause) {
        metrics.announceFailed();
        if (!failing) {
            LOG.errorf("records for %s stay in the outbox until Postgres and Kafka answer: %s", outbox.topic(), cause.toString());
        }
        failing = true;
    }

    @Override
    public void close() {
        rounds.close();
    }
}
