package dev.trunkline.relay.service;

import dev.trunkline.bus.KafkaAddress;
import dev.trunkline.bus.TopicTail;
import dev.trunkline.events.RelayHeartbeat;
import dev.trunkline.events.RelayState;
import dev.trunkline.events.Topics;
import dev.trunkline.events.codec.EventJson;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** What relays publish about themselves. */
final class Relays implements AutoCloseable {
    final List<RelayHeartbeat> heard = new CopyOnWriteArrayList<>();
    private final TopicTail tail;

    Relays(KafkaAddress kafka) {
        tail = new TopicTail(kafka, "test-relays", List.of(Topics.RELAYS), new TopicTail.From.Now(), this::hear);
        tail.start();
        tail.caughtUp().toCompletableFuture().join();
    }

    private void hear(ConsumerRecord<String, byte[]> message) {
        try {
            RelayHeartbeat heartbeat = EventJson.MAPPER.readValue(message.value(), RelayHeartbeat.class);
            if (!message.key().equals(heartbeat.relay())) {
                throw new IllegalStateException("a heartbeat under another's key");
            }
            heard.add(heartbeat);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    boolean said(RelayState state) {
        return heard.stream().anyMatch(heartbeat -> heartbeat.state() == state);
    }

    @Override
    public void close() {
        tail.close();
    }
}
