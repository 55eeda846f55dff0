package dev.trunkline.router.warm;

import dev.trunkline.bus.CallEventPublisher;
import dev.trunkline.bus.ContainedFaults;
import dev.trunkline.bus.KafkaAddress;
import dev.trunkline.bus.TopicTail;
import dev.trunkline.events.RuleRef;
import dev.trunkline.events.Topics;
import dev.trunkline.events.WarmRooms;
import dev.trunkline.events.codec.EventJson;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;

/** The compacted topic of warm rooms: reads what it says, whoever wrote it, and publishes changes. */
public final class WarmPoolTopic implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(15);
    /** A value that cannot be read is never what is wanted, so it is written again. */
    private static final WarmRooms UNREADABLE = new WarmRooms(new RuleRef("", ""), "", List.of(), 0);

    private final CallEventPublisher publisher;
    private final TopicTail tail;
    private final Map<String, WarmRooms> said = new ConcurrentHashMap<>();

    /** @param instance this process's name, from which the client's name is formed */
    public WarmPoolTopic(KafkaAddress kafka, String instance, CallEventPublisher publisher, ContainedFaults faults) {
        this.publisher = publisher;
        this.tail = new TopicTail(
                kafka, instance + "-warm-pools", List.of(Topics.WARM_POOLS), new TopicTail.From.Beginning(), this::hear, faults);
    }

    void start() {
        tail.start();
    }

    private void hear(ConsumerRecord<String, byte[]> message) {
        if (message.key() == null) {
            return;
        }
        if (message.value() == null) {
            said.remove(message.key());
            return;
        }
        try {
            said.put(message.key(), EventJson.MAPPER.readValue(message.value(), WarmRooms.class));
        } catch (IOException | RuntimeException e) {
            said.put(message.key(), UNREADABLE);
        }
    }

    /** Returns what the topic says at this moment, by rule id. */
    Map<String, WarmRooms> read() throws InterruptedException, ExecutionException, TimeoutException {
        tail.readToEnd().toCompletableFuture().get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
        return Map.copyOf(said);
    }

    /** Publishes changes, and returns when Kafka has all of them. @param changes by rule id; empty for a tombstone */
    void say(Map<String, Optional<WarmRooms>> changes) throws InterruptedException, ExecutionException, TimeoutException, IOException {
        List<CompletableFuture<Void>> sent = new ArrayList<>();
        for (var change : changes.entrySet()) {
            byte[] value = change.getValue().isPresent() ? EventJson.MAPPER.writeValueAsBytes(change.getValue().get()) : null;
            sent.add(publisher.send(new ProducerRecord<>(Topics.WARM_POOLS, change.getKey(), value)).toCompletableFuture());
        }
        CompletableFuture.allOf(sent.toArray(CompletableFuture[]::new)).get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
    }

    @Override
    public void close() {
        tail.close();
    }
}
