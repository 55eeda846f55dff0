package dev.trunkline.console.ladder;

import dev.trunkline.bus.ContainedFaults;
import dev.trunkline.bus.KafkaAddress;
import dev.trunkline.bus.Rounds;
import dev.trunkline.bus.TopicTail;
import dev.trunkline.events.CallMessage;
import dev.trunkline.events.Topics;
import dev.trunkline.events.codec.EventJson;
import java.io.IOException;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * Copies the messages of the topic into the table, from where the table ends. Messages that Postgres does not accept at once wait, and so
 * does the reading of Kafka.
 */
public final class MessageTopic implements AutoCloseable {
    private static final String WHERE = "console-messages";
    private static final int QUEUE = 4_000;
    private static final int BATCH = 200;
    private static final Duration BEFORE_NEXT_TRY = Duration.ofSeconds(1);
    private static final Duration OVERLAP = Duration.ofMinutes(1);
    private static final Duration BETWEEN_DELETIONS = Duration.ofMinutes(5);

    private final MessageTables tables;
    private final KafkaAddress kafka;
    private final String instance;
    private final Duration kept;
    private final InstantSource clock;
    private final ContainedFaults faults;
    private final BlockingQueue<CallMessage> queue = new ArrayBlockingQueue<>(QUEUE);
    private final AtomicReference<Optional<TopicTail>> tail = new AtomicReference<>(Optional.empty());
    private final Rounds rounds;
    /** Used only by the round: messages not written yet, and when old ones were last deleted. */
    private final List<CallMessage> batch = new ArrayList<>();
    private Instant deleted = Instant.EPOCH;

    /** @param kept how long messages are kept; zero: none are read */
    public MessageTopic(
            MessageTables tables, KafkaAddress kafka, String instance, Duration kept, InstantSource clock, ContainedFaults faults) {
        this.tables = tables;
        this.kafka = kafka;
        this.instance = instance;
        this.kept = kept;
        this.clock = clock;
        this.faults = faults;
        this.rounds = new Rounds(WHERE, this::round, faults);
    }

    /** Call once the database has its schema. */
    public void start() throws SQLException {
        if (kept.isZero()) {
            return;
        }
        Instant oldest = clock.instant().minus(kept);
        Instant from = tables.last().map(at -> at.minus(OVERLAP)).filter(at -> at.isAfter(oldest)).orElse(oldest);
        var open = new TopicTail(kafka, instance + "-messages", List.of(Topics.CALL_MESSAGES), new TopicTail.From.Time(from), this::take, faults);
        tail.set(Optional.of(open));
        rounds.start();
        open.start();
    }

    private void take(ConsumerRecord<String, byte[]> message) {
        if (message.value() == null) {
            return;
        }
        try {
            queue.put(EventJson.MAPPER.readValue(message.value(), CallMessage.class));
        } catch (IOException e) {
            faults.caught(WHERE, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private Duration round() throws InterruptedException {
        if (batch.isEmpty()) {
            Optional.ofNullable(queue.poll(1, TimeUnit.SECONDS)).ifPresent(batch::add);
            queue.drainTo(batch, BATCH - batch.size());
        }
        try {
            Instant now = clock.instant();
            if (deleted.plus(BETWEEN_DELETIONS).isBefore(now)) {
                tables.forget(now.minus(kept));
                deleted = now;
            }
            if (!batch.isEmpty()) {
                tables.write(batch);
                batch.clear();
            }
            return Duration.ZERO;
        } catch (SQLException e) {
            if (e.getSQLState() != null && e.getSQLState().startsWith("22")) {
                faults.caught(WHERE, e);
                batch.clear();
            }
            return BEFORE_NEXT_TRY;
        }
    }

    @Override
    public void close() {
        tail.get().ifPresent(TopicTail::close);
        rounds.close();
    }
}
